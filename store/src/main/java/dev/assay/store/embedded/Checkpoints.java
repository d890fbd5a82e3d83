package dev.assay.store.embedded;

import dev.assay.store.journal.Journal;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the database takes its log in, and with that the journal's files go: what is in the log
 * alone is in the journal too, for a log can lose its end and nothing says so. But for {@link
 * #want} only the writer's thread uses this, between its transactions, or who has ended it.
 */
final class Checkpoints {
  /** One is made when files of the journal that wait for nothing else have so many. */
  static final long LIMIT_JOURNAL_BYTES = 64L << 20;

  /** One that could not be made is tried again after so long, with the next transaction. */
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);

  private final Database database;
  private final Journal journal;
  private final CommittedFile committed;
  private volatile boolean wanted;
  private boolean failed;
  private long failedNanos;

  Checkpoints(Database database, Journal journal, CommittedFile committed) {
    this.database = database;
    this.journal = journal;
    this.committed = committed;
  }

  /** Has one made after the next transaction. */
  void want() {
    wanted = true;
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
    journal.mark(version);
    boolean due =
        wanted
            || database.logBytes() >= database.limitLogBytes()
            || journal.appliedBytes() >= LIMIT_JOURNAL_BYTES;
    if (due && !(failed && System.nanoTime() - failedNanos < RETRY_NANOS)) {
      run(false);
    }
  }

  /**
   * Makes one.
   *
   * @param alone while nobody reads, so that blocks are freed of which all rows are deleted
   * @return false where it cannot be made now; it may be tried again
   */
  boolean run(boolean alone) {
    journal.roll();
    String why = alone ? database.checkpointAlone() : database.checkpoint();
    if (why == null) {
      journal.release();
      wanted = false;
    } else if (!failed) {
      log.info("No checkpoint can be made, and it is tried again: {}", why);
    }
    failed = why != null;
    failedNanos = System.nanoTime();
    return !failed;
  }
}
