package dev.assay.store.embedded;

import dev.assay.store.Backup;
import dev.assay.store.Changes;
import dev.assay.store.Edits;
import dev.assay.store.Reports;
import dev.assay.store.Store;
import dev.assay.store.StoreHealth;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Observation;
import dev.assay.store.journal.Journal;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store of one process on one data directory. */
public final class EmbeddedStore implements Store {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedStore.class);

  /** After a commit that failed and may be stored all the same. */
  private static final long LEARN_AGAIN_SECONDS = 5;

  private static final long CHORES_END_SECONDS = 30;

  /** How far the sums may be behind while nobody asks: who asks waits for them. */
  private static final long REFRESH_SECONDS = 30;

  private final DataDirectory directory;
  private final Database database;
  private final CommittedFile committed;
  private final Journal journal;
  private final Checkpoints checkpoints;
  private final Writer writer;
  private final Commits commits;
  private final LineIndex index;
  private final LineRetention lineRetention;
  private final FactRetention factRetention;
  private final FactKinds kinds;
  private final EditVersions versions;
  private final ScheduledExecutorService chores;
  private final Edits edits;
  private final Changes changes;
  private final Reports reports;
  private final InstantSource clock;
  private final long lostTransactions;
  private boolean closed;

  private EmbeddedStore(
      DataDirectory directory,
      Database database,
      long stored,
      long version,
      CommittedFile committed,
      Journal journal,
      StoreOptions options,
      InstantSource clock,
      ScheduledExecutorService chores) {
    this.directory = directory;
    this.database = database;
    this.committed = committed;
    this.journal = journal;
    this.clock = clock;
    this.chores = chores;
    this.checkpoints = new Checkpoints(database, journal, committed);
    Days days = new Days(database.zone());
    this.lostTransactions = version - stored;
    if (lostTransactions > 0) {
      log.warn(
          "{} ends {} transactions before the last that was committed: its log has lost its end, or"
              + " it is another database. What was acknowledged since the last checkpoint is in the"
              + " journal, and is applied again; docs/format/data-directory.md says what else there"
              + " was",
          directory.facts(),
          lostTransactions);
    }
    this.versions = EditVersions.read(database);
    this.lineRetention = new LineRetention(options.lineRetentionDays(), days, clock);
    this.kinds = new FactKinds(days);
    Sums sums = new Sums(database, options.aliases());
    this.factRetention =
        new FactRetention(database, checkpoints, options, days, kinds, sums, clock);
    EditQueries queries = new EditQueries(database, new EditReader(database));
    this.index = new LineIndex(directory.lines(), queries, stored);
    EditReader reader =
        new EditReader(
            database,
            (ids, from, to) -> // the index hears of what is deleted after the facts
            index.ofIds(ids, Math.max(from, factRetention.keptFromMicros()), to));
    this.writer =
        new Writer(
            database,
            kinds,
            stored,
            version,
            lineRetention,
            factRetention,
            versions,
            sums,
            checkpoints,
            index::committed);
    this.commits =
        new Commits(journal, writer, new Room(Commits.LIMIT_WAITING, Commits.LIMIT_WAITING_BYTES));
    this.edits = new EmbeddedEdits(database, commits, sums, reader, index, versions);
    this.changes = new EmbeddedChanges(database, writer, days, factRetention);
    this.reports = new EmbeddedReports(database, commits, sums, reader);
    var unusedDaily = chores.scheduleAtFixedRate(this::expireQuietly, 1, 24 * 60, TimeUnit.MINUTES);
    var unusedOften =
        chores.scheduleWithFixedDelay(this::learnQuietly, 0, LEARN_AGAIN_SECONDS, TimeUnit.SECONDS);
    var unusedRefresh =
        chores.scheduleWithFixedDelay(
            () -> refreshQuietly(sums), 0, REFRESH_SECONDS, TimeUnit.SECONDS);
  }

  /** As {@link dev.assay.store.Stores#open}. */
  public static Store open(StoreOptions options) throws StoreUnavailableException {
    return open(options, InstantSource.system());
  }

  static EmbeddedStore open(StoreOptions options, InstantSource clock)
      throws StoreUnavailableException {
    ScheduledExecutorService chores =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "assay-store-chores");
              thread.setDaemon(true);
              return thread;
            });
    return open(options, clock, chores);
  }

  /**
   * For tests that hold up its chores.
   *
   * @param chores of one thread; the store stops it at its end
   */
  static EmbeddedStore open(
      StoreOptions options, InstantSource clock, ScheduledExecutorService chores)
      throws StoreUnavailableException {
    DataDirectory directory = DataDirectory.take(options.dataDir());
    Deque<Runnable> closing = new ArrayDeque<>(List.of(directory::close));
    try {
      Database database = Database.open(directory, options);
      closing.push(database::close);
      long stored = database.lastVersion();
      long told = CommittedFile.read(directory.committed());
      if (told == 0) { // as older versions leave it, whose journal has nothing of the log
        takeIn(database);
      }
      long last = Math.max(stored, Math.max(told, Journal.newestVersion(directory.journal())));
      forgetWindows(directory, stored, last);
      // Before names of the journal's files forget it.
      CommittedFile committed = CommittedFile.open(directory.committed(), last);
      closing.push(committed::close);
      Journal journal = Journal.open(directory.journal(), options.fsync(), stored);
      closing.push(journal::close);
      EmbeddedStore store =
          new EmbeddedStore(
              directory, database, stored, last, committed, journal, options, clock, chores);
      closing.clear();
      return store;
    } catch (IOException e) {
      throw new StoreUnavailableException(
          "data directory " + directory.root() + " cannot be written: " + Disk.why(e),
          Journal.RETRY_MILLIS,
          e);
    } catch (IllegalStateException e) { // it reads before it starts anything
      throw new StoreUnavailableException(
          directory.facts() + " cannot be read: " + Database.firstLine(e), Journal.RETRY_MILLIS, e);
    } finally {
      closing.forEach(Runnable::run);
    }
  }

  /** Where nothing is lost there are none; where something is, none may stay. */
  private static void forgetWindows(DataDirectory directory, long stored, long last)
      throws StoreUnavailableException {
    try {
      LineWindow.forgetAfter(directory.lines(), stored);
    } catch (IOException | DirectoryIteratorException e) {
      if (last > stored) {
        throw new StoreUnavailableException(
            directory.lines()
                + " cannot be looked through: "
                + Disk.why(e)
                + "; move it away: it is built anew",
            Journal.RETRY_MILLIS,
            e);
      }
      log.warn("{} cannot be looked through: {}", directory.lines(), Disk.why(e));
    }
  }

  private static void takeIn(Database database) throws StoreUnavailableException {
    String why = database.checkpoint();
    if (why != null) {
      throw new StoreUnavailableException(
          "the log of "
              + database.root()
              + " cannot be taken in: "
              + why
              + "; free space on its disk or make it writable",
          Journal.RETRY_MILLIS,
          null);
    }
  }

  /** For tests that ask the facts themselves. */
  Database database() {
    return database;
  }

  /** For tests that have a file of it end. */
  Journal journal() {
    return journal;
  }

  /** For tests that turn the clock: what is acknowledged is received by the clock of now. */
  void settle() {
    commits.settle();
  }

  /** Takes away lines that were kept long enough; how many edits lost theirs. */
  int expireLines() throws StoreUnavailableException {
    int expired =
        writer.change(
            tx -> {
              tx.afterCommit(kinds::forgetRecent);
              return lineRetention.expire(tx);
            });
    if (expired > 0) {
      index.expired();
    }
    return expired;
  }

  /** Takes away facts that were kept long enough or have no room; how many rows went. */
  long expireFacts() throws StoreUnavailableException {
    try {
      return factRetention.run(writer);
    } finally {
      index.expired(); // some may be gone where the rest failed
    }
  }

  private void expireQuietly() {
    checkpoints.want(); // also where little comes, so that the journal is not older than a day
    try {
      int lines = expireLines();
      long facts = expireFacts();
      log.info("The lines of {} edits have expired, and {} rows of facts", lines, facts);
    } catch (Throwable e) { // or it would never be tried again
      log.warn("What has expired stays until tomorrow: {}", Database.firstLine(e));
    }
  }

  private void learnQuietly() {
    try {
      if (!kinds.learnt()) {
        kinds.learn(database);
      }
    } catch (Throwable e) { // as above
      log.warn("Which facts are stored is looked up each time: {}", Database.firstLine(e));
    }
  }

  private static void refreshQuietly(Sums sums) {
    try {
      sums.refreshAhead();
    } catch (Throwable e) { // as above
      log.warn("The figures are made when they are asked for: {}", Database.firstLine(e));
    }
  }

  @Override
  public void commit(Collection<? extends Observation> observations, Duration patience)
      throws StoreUnavailableException {
    commits.commit(observations, patience.toMillis());
  }

  @Override
  public Duration backpressure() {
    return commits.backpressure();
  }

  @Override
  public void expectRoom() throws StoreUnavailableException {
    commits.expectRoom();
  }

  @Override
  public Edits edits() {
    return edits;
  }

  @Override
  public Changes changes() {
    return changes;
  }

  @Override
  public Reports reports() {
    return reports;
  }

  @Override
  public StoreHealth health() {
    String failure = commits.failure();
    long[] facts = new long[1];
    StoreHealth.Retention retention = null;
    try {
      database.read(
          """
          SELECT coalesce(sum(estimated_size), 0)::BIGINT FROM duckdb_tables()
          WHERE table_name IN ('sessions', 'decisions', 'edits', 'usage', 'git_operations',
            'samples', 'exporters', 'changes', 'verdicts')
          """,
          row -> facts[0] = row.number());
      retention = factRetention.health();
    } catch (IllegalStateException e) {
      failure = failure == null ? Database.firstLine(e) : failure;
    }
    return new StoreHealth(
        failure == null,
        failure,
        facts[0],
        writer.changedFacts(),
        kinds.keysFill(),
        !kinds.learnt(),
        versions.fill(),
        commits.waiting(),
        commits.aside(),
        lostTransactions,
        index.size(),
        index.fill(),
        index.rebuilding(),
        directory.sizeBytes(),
        retention);
  }

  @Override
  public synchronized Backup backup(Path to) throws StoreUnavailableException {
    if (closed) {
      throw new StoreUnavailableException("the store is closed", 0, null);
    }
    if (!commits.settle()) {
      throw new StoreUnavailableException(
          "no backup was made at "
              + to
              + ": what was acknowledged is not among the facts yet; try again",
          Journal.RETRY_MILLIS,
          null);
    }
    return new BackupWriter(database, clock).write(to);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    chores.shutdownNow();
    commits.close();
    index.close();
    try {
      if (!chores.awaitTermination(CHORES_END_SECONDS, TimeUnit.SECONDS)) {
        log.warn("A chore of the store has not ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      database.closeReaders();
      if (writer.failure() == null) {
        checkpoints.run(false); // and the journal is empty, if all of it was applied
      }
    } finally {
      committed.close();
      database.close();
      directory.close();
    }
  }
}
