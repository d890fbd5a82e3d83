package dev.assay.store.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * Files of the journal of which all entries are applied: they stay until the database has what they
 * hold in more than its log.
 */
final class KeptFiles {
  /** Guarded by this, as what follows. */
  private final List<Hold> holds = new ArrayList<>();

  /** Those of {@link #holds} whose name does not say yet up to which version they are applied. */
  private final List<Hold> unmarked = new ArrayList<>();

  private long bytes;
  private int aside;

  /**
   * @param aside how many files are kept aside already
   */
  KeptFiles(int aside) {
    this.aside = aside;
  }

  /** All entries of a file are applied. */
  synchronized void add(Hold hold) {
    addMarked(hold);
    unmarked.add(hold);
  }

  /** The same of one whose name says so. */
  synchronized void addMarked(Hold hold) {
    holds.add(hold);
    bytes += hold.bytes();
  }

  /** What is applied by now is so up to this version. */
  synchronized void mark(long version) {
    unmarked.forEach(hold -> hold.mark(version));
    unmarked.clear();
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized void countAside() {
    aside++;
  }

  /** How many files are kept aside, or will be. */
  synchronized int aside() {
    return aside;
  }

  /** Those that are kept now. */
  synchronized List<Hold> now() {
    return List.copyOf(holds);
  }

  /** These need not be kept any more. */
  synchronized void release(List<Hold> some) {
    for (Hold each : some) {
      if (holds.remove(each)) {
        unmarked.remove(each);
        bytes -= each.bytes();
        each.release();
      }
    }
  }
}
