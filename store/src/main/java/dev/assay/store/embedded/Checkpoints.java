package dev.assay.store.embedded;

import dev.assay.store.journal.Journal;

/**
 * When the database takes its log in, and with that the journal's files go: what is in the log
 * alone is in the journal too, for a log can lose its end and nothing says so. Only the writer's
 * thread uses this, between its transactions.
 */
final class Checkpoints {
  /** Of files of the journal that wait for nothing else. */
  static final long LIMIT_JOURNAL_BYTES = 64L << 20;

  private final Database database;
  private final Journal journal;
  private final CommittedFile committed;

  Checkpoints(Database database, Journal journal, CommittedFile committed) {
    this.database = database;
    this.journal = journal;
    this.committed = committed;
  }

  /** A transaction is committed. */
  void committed(long version) {
    committed.write(version);
  }

  /**
   * Makes one where it is time.
   *
   * @param version up to which all is committed, and what was committed is told
   */
  void afterCommit(long version) {
    journal.committed(version);
    if (database.logBytes() >= database.limitLogBytes()
        || journal.appliedBytes() >= LIMIT_JOURNAL_BYTES) {
      run();
    }
  }

  /**
   * Makes one.
   *
   * @return false where it cannot be made now; it may be tried again
   */
  boolean run() {
    Journal.Applied applied = journal.applied(); // and committed, so it will be in the file
    return release(applied, database.checkpoint());
  }

  /** The same while nobody reads, so that blocks are freed of which all rows are deleted. */
  boolean runAlone() {
    Journal.Applied applied = journal.applied();
    return release(applied, database.checkpointAlone());
  }

  private static boolean release(Journal.Applied applied, boolean done) {
    if (done) {
      applied.release();
    }
    return done;
  }
}
