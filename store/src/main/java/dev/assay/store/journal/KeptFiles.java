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

  private long bytes;
  private int aside;

  /**
   * @param aside how many files are kept aside already
   */
  KeptFiles(int aside) {
    this.aside = aside;
  }

  synchronized void add(Hold hold) {
    holds.add(hold);
    bytes += hold.bytes();
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
  void release(List<Hold> some) {
    some.forEach(Hold::release);
    synchronized (this) {
      holds.removeAll(some);
      bytes = holds.stream().mapToLong(Hold::bytes).sum();
    }
  }
}
