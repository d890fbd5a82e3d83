package dev.assay.store.embedded;

import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The open database: one connection for the writer, a few for readers. A connection is never used
 * by two threads at once (that has crashed the process natively).
 */
final class Database implements AutoCloseable {
  private static final int READERS = 4;

  /** How long a checkpoint waits for each reader, while all who come later wait for it. */
  private static final long LIMIT_CHECKPOINT_WAIT_MILLIS = 500;

  /** So many threads are too few to help each other under load. */
  private static final int FEW_THREADS = 2;

  private final DataDirectory directory;
  private final DatabaseFile file;
  private final ArrayBlockingQueue<Reader> readers = new ArrayBlockingQueue<>(READERS);
  private final ZoneId zone;
  private DuckDBConnection writer;

  /** Only who closes it looks. */
  private int openReaders = READERS;

  /** Held while the database is copied. */
  private final ReentrantLock copying = new ReentrantLock();

  /** Whether each question is answered by the thread that asks it. Only the writer's looks. */
  private boolean single;

  private volatile boolean invalidated;
  private volatile Runnable whenInvalidated = () -> {};

  private Database(DataDirectory directory, DatabaseFile file, DuckDBConnection writer, ZoneId zone)
      throws SQLException {
    this.directory = directory;
    this.file = file;
    this.writer = writer;
    this.zone = zone;
    addReaders();
  }

  private void addReaders() throws SQLException {
    List<Reader> added = new ArrayList<>();
    try {
      while (added.size() < READERS) {
        DuckDBConnection reader = writer.duplicate();
        added.add(new Reader(reader));
        // It inherits the writer's open transaction mode, and would see one snapshot for ever.
        reader.setAutoCommit(true);
        DatabaseFile.use(reader);
      }
    } catch (Throwable e) {
      added.forEach(Database::close);
      throw e;
    }
    readers.addAll(added);
  }

  static Database open(DataDirectory directory, StoreOptions options)
      throws StoreUnavailableException {
    DatabaseFile file = new DatabaseFile(directory, options);
    DuckDBConnection connection = null;
    try {
      connection = file.connect();
      ExtractedLibrary.unlink();
      ZoneId zone = file.prepare(connection);
      return new Database(directory, file, connection, zone);
    } catch (SQLException e) {
      close(connection);
      throw file.refused(e);
    } catch (StoreUnavailableException e) {
      close(connection);
      throw e;
    }
  }

  /**
   * Opens the database afresh after a commit that failed. The kernel may have given up on pages
   * that it could not write, and reports that once: a later fsync of the same file says nothing of
   * them any more. So the log is not written on; what it holds goes into the database's own file,
   * to new places, before the next transaction. Only the writer's thread calls this; readers wait
   * meanwhile.
   *
   * @param version that it has at least; else the log has lost its end, and the next start applies
   *     that again from the journal
   * @throws SQLException also while a copy is made, which keeps what is open from being closed
   */
  void reopen(long version) throws SQLException, StoreUnavailableException {
    if (!copying.tryLock()) {
      throw new SQLException("the database cannot be opened afresh while it is copied");
    }
    List<Reader> dead = new ArrayList<>();
    boolean opened = false;
    try {
      while (dead.size() < READERS) {
        dead.add(takeReader());
      }
      dead.forEach(Database::close);
      close(writer);
      writer = file.connect();
      single = false;
      file.refuseBefore(version, writer);
      file.prepare(writer);
      try (Statement statement = writer.createStatement()) {
        statement.execute("CHECKPOINT");
      }
      writer.commit();
      addReaders();
      opened = true;
      invalidated = false;
    } finally {
      if (!opened) {
        readers.addAll(dead); // closed: who asks is told so, instead of waiting for ever
      }
      copying.unlock();
    }
  }

  /** Drops what the writer had under way; false where the database is of no use any more. */
  boolean rollback() {
    try {
      writer.rollback();
      try (Statement statement = writer.createStatement()) {
        statement.execute("SELECT 1");
      }
      writer.rollback();
      return true;
    } catch (Throwable e) {
      return false;
    }
  }

  /** The version of the last transaction that is stored. */
  long lastVersion() {
    long[] version = new long[1];
    read(DatabaseFile.LAST_VERSION, row -> version[0] = row.number());
    return version[0];
  }

  /** Whose days the figures use: fixed when the directory was new. */
  ZoneId zone() {
    return zone;
  }

  /** Where it lies. */
  Path root() {
    return directory.root();
  }

  /** The writer's own; only its thread may use it. */
  DuckDBConnection writer() {
    return writer;
  }

  /** Asks on a connection of the readers' own. What is committed is seen; nothing else. */
  void read(String sql, Sql.Row each, @Nullable Object... parameters) {
    read(reader -> reader.read(sql, each, parameters));
  }

  /** The same, for a statement that is not asked again. */
  void readOnce(String sql, Sql.Row each, @Nullable Object... parameters) {
    read(reader -> reader.readOnce(sql, each, parameters));
  }

  private void read(Question question) {
    Reader reader = takeReader();
    try {
      question.ask(reader);
    } catch (SQLException e) {
      heed(e);
      throw new IllegalStateException("a question failed: " + firstLine(e), e);
    } finally {
      readers.add(reader);
    }
  }

  /** A write that failed in one transaction can leave the engine of no use to all others. */
  private void heed(SQLException e) {
    if (String.valueOf(e.getMessage()).contains("FATAL Error")) {
      invalidated = true;
      whenInvalidated.run();
    }
  }

  /** Whether nothing can be asked any more until it is opened afresh. */
  boolean invalidated() {
    return invalidated;
  }

  /** Has something done, by any thread, when that happens. */
  void whenInvalidated(Runnable step) {
    whenInvalidated = step;
  }

  /**
   * Writes a copy of one moment into a new database, on a connection of its own: commits and
   * questions go on meanwhile.
   */
  void copyTo(Path to) throws SQLException {
    copying.lock();
    try (DuckDBConnection own = duplicate();
        Statement statement = own.createStatement()) {
      own.setAutoCommit(true);
      DatabaseFile.attach(own, to, "backup");
      try {
        statement.execute("COPY FROM DATABASE " + DatabaseFile.CATALOG + " TO backup");
      } finally {
        statement.execute("DETACH backup"); // which brings its log into the file
      }
    } finally {
      copying.unlock();
    }
  }

  private DuckDBConnection duplicate() throws SQLException {
    Reader reader = takeReader();
    try {
      return reader.connection().duplicate();
    } finally {
      readers.add(reader);
    }
  }

  /** What the tables take of the file; the rest of it waits to be written again. */
  long usedBytes() {
    long[] bytes = new long[1];
    read(
        "SELECT used_blocks * block_size FROM pragma_database_size() WHERE database_name = 'facts'",
        row -> bytes[0] = row.number());
    return bytes[0];
  }

  /** With so many the log is to be brought into the file. */
  long limitLogBytes() {
    return file.limitLogBytes();
  }

  /** What the log has. */
  long logBytes() {
    return file.logBytes();
  }

  /**
   * Brings the log into the file, durably. Only the writer's thread calls this, between its
   * transactions, or who has ended it.
   *
   * @return null where that is done, else why not; it may be tried again
   */
  @Nullable String checkpoint() {
    return execute("CHECKPOINT");
  }

  /** On the writer's connection; null where that went well, else why not. */
  private @Nullable String execute(String sql) {
    try (Statement statement = writer.createStatement()) {
      statement.execute(sql);
      writer.commit();
      return null;
    } catch (SQLException e) {
      heed(e);
      rollback();
      return firstLine(e);
    }
  }

  /**
   * The same, and frees the blocks of which all rows are deleted. Whoever reads keeps them from
   * being freed: so readers are waited for, and held off meanwhile.
   *
   * @return why not, also where somebody reads for long, or a copy is made
   */
  @Nullable String checkpointAlone() {
    return alone(LIMIT_CHECKPOINT_WAIT_MILLIS, this::checkpoint);
  }

  /**
   * Tells whether much waits to be written. Where it does, and there are few threads, none helps
   * another any more: who has handed its work over waits for it in a loop, which takes the
   * processor from those who have work of their own. Only the writer's thread calls this, after
   * each of its transactions.
   */
  void loaded(boolean much) {
    if (much == single || file.threads() != FEW_THREADS) {
      return;
    }
    if (much) {
      // The engine lets a thread end what it is at before it goes, and all who ask meanwhile wait.
      alone(0, () -> setThreads(1));
    } else {
      setThreads(file.threads());
    }
  }

  private @Nullable String setThreads(int threads) {
    String failed = execute("SET threads = " + threads);
    if (failed == null) {
      single = threads == 1;
    }
    return failed;
  }

  /**
   * Does something while nobody asks and no copy is made; who would ask waits.
   *
   * @param waitMillis for each reader
   * @return why not
   */
  private @Nullable String alone(long waitMillis, Supplier<@Nullable String> something) {
    List<Reader> idle = new ArrayList<>();
    if (!copying.tryLock()) {
      return "a copy is made";
    }
    try {
      while (idle.size() < READERS) {
        Reader reader = readers.poll(waitMillis, TimeUnit.MILLISECONDS);
        if (reader == null) {
          return "somebody reads for long";
        }
        idle.add(reader);
      }
      return something.get();
    } catch (InterruptedException e) {
      return "interrupted"; // Nobody has reason to.
    } finally {
      readers.addAll(idle);
      copying.unlock();
    }
  }

  /** Changes something derived in a transaction of its own, beside the writer's. */
  void update(Update update) throws SQLException {
    Reader reader = takeReader();
    DuckDBConnection connection = reader.connection();
    try {
      connection.setAutoCommit(false);
      try {
        update.run(connection);
        connection.commit();
      } catch (SQLException e) {
        heed(e);
        connection.rollback();
        throw e;
      } catch (RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } finally {
      readers.add(reader);
    }
  }

  private Reader takeReader() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return readers.take();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static String firstLine(Throwable e) {
    String message = e instanceof Error ? e.toString() : e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }

  static void close(@Nullable AutoCloseable connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (Throwable e) {
        // It was of no use any more.
      }
    }
  }

  /** What is asked of a reader. */
  private interface Question {
    void ask(Reader reader) throws SQLException;
  }

  /** What {@link #update} does. */
  interface Update {
    void run(DuckDBConnection connection) throws SQLException;
  }

  /** Waits for who is reading, and lets nobody read any more. */
  void closeReaders() {
    while (openReaders > 0) {
      close(takeReader());
      openReaders--;
    }
  }

  @Override
  public void close() {
    closeReaders();
    close(writer);
  }
}
