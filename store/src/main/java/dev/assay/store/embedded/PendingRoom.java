package dev.assay.store.embedded;

/**
 * Bounds what waits in memory for its pages, over all tables that one thread writes: each of those
 * in which something waits has the same share.
 */
final class PendingRoom {
  /** Most values that wait in one table alone: 32 MiB. */
  static final int LIMIT_VALUES = 1_000_000;

  private int tables;

  /** Something waits in one table more. */
  void enter() {
    tables++;
  }

  /** Nothing waits in it any more. */
  void leave() {
    tables--;
  }

  /** How many values may wait in each; where tables came later, a few times as many do in all. */
  int share() {
    return LIMIT_VALUES / Math.max(1, tables);
  }
}
