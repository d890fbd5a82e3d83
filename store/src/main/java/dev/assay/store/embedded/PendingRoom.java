package dev.assay.store.embedded;

/**
 * Bounds what waits in memory for its pages, over all tables that one thread writes. A table may
 * take what the others leave, and an equal share where one of them has taken more: it gives that
 * back only when it is brought to disk.
 */
final class PendingRoom {
  /**
   * Most values that wait in one table: 28 to 56 MiB, the more the pages are that they wait for.
   * Where others come after it has taken them, each of those has its equal share beside it: half as
   * many in the second, a third in the third.
   */
  static final int LIMIT_VALUES = 1_000_000;

  private int tables;
  private int values;

  /** Something waits in one table more. */
  void enter() {
    tables++;
  }

  /** Nothing waits in a table any more, where so many values did. */
  void leave(int waited) {
    tables--;
    values -= waited;
  }

  /**
   * How many values may wait in a table.
   *
   * @param before how many did when it asked last, 0 at first
   * @param now how many do
   */
  int share(int before, int now) {
    values += now - before;
    return Math.max(LIMIT_VALUES / Math.max(1, tables), LIMIT_VALUES - (values - now));
  }
}
