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

  /** All entries of a file are applied. */
  synchronized void add(Hold hold, long size) {
    addMarked(hold, size);
    unmarked.add(hold);
  }

  /** The same of one whose name says so. */
  synchronized void addMarked(Hold hold, long size) {
    holds.add(hold);
    bytes += size;
  }

  /** What is applied by now is so up to this version. */
  synchronized void mark(long version) {
    unmarked.forEach(hold -> hold.mark(version));
    unmarked.clear();
  }

  synchronized long bytes() {
    return bytes;
  }

  /** None of them need be kept any more. */
  synchronized void release() {
    holds.forEach(Hold::release);
    holds.clear();
    unmarked.clear();
    bytes = 0;
  }
}
