package dev.assay.store.embedded;

import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The open database: one connection for the writer, a few for readers. A connection is never used
 * by two threads at once (that has crashed the process natively).
 */
final class Database implements AutoCloseable {
  private static final int READERS = 4;
  private static final long RETRY_MILLIS = 5_000;

  /**
   * What the log holds is in memory, and goes into the file when it is this part of what memory
   * there is. Each time the end of each table is compressed again: the fewer, the cheaper. The more
   * it holds, the longer a start takes that has to read it, and the longer the disk is busy when it
   * goes.
   */
  private static final long MEMORY_TO_LOG = 16;

  /** At so many times that the database takes it in by itself, should nobody else have it do so. */
  private static final long LOG_BY_ITSELF = 2;

  /**
   * How many rows are compressed together, a multiple of 2,048: DuckDB's {@code ROW_GROUP_SIZE},
   * which holds for what is written from now on. A checkpoint compresses the end of each table
   * again, and with groups of 122,880, the engine's own choice, that is several times what came
   * since the last one; what RATIONALE.md measured neither grows nor is read slower for it.
   */
  private static final int ROWS_OF_GROUP = 24_576;

  /** What the file goes by in SQL. */
  private static final String CATALOG = "facts";

  /** Older directories have it only where an edit has it. */
  private static final String LAST_VERSION =
      """
      SELECT coalesce(max(version), 0) FROM (
        SELECT version FROM edits UNION ALL SELECT version FROM edits_moved
        UNION ALL SELECT value::BIGINT FROM meta WHERE name = 'version')
      """;

  private static final String TABLES =
      "SELECT count(*) FROM duckdb_tables() WHERE database_name = '" + CATALOG + "'";

  /** How long a checkpoint waits for each reader, while all who come later wait for it. */
  private static final long LIMIT_CHECKPOINT_WAIT_MILLIS = 500;

  private final DataDirectory directory;
  private final StoreOptions options;
  private final ArrayBlockingQueue<Reader> readers = new ArrayBlockingQueue<>(READERS);
  private final ZoneId zone;
  private DuckDBConnection writer;

  /** Only who closes it looks. */
  private int openReaders = READERS;

  /** Held while the database is copied. */
  private final ReentrantLock copying = new ReentrantLock();

  private volatile boolean invalidated;
  private volatile Runnable whenInvalidated = () -> {};

  private Database(
      DataDirectory directory, StoreOptions options, DuckDBConnection writer, ZoneId zone)
      throws SQLException {
    this.directory = directory;
    this.options = options;
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
        use(reader);
      }
    } catch (Throwable e) {
      added.forEach(Database::close);
      throw e;
    }
    readers.addAll(added);
  }

  static Database open(DataDirectory directory, StoreOptions options)
      throws StoreUnavailableException {
    DuckDBConnection connection = null;
    try {
      connection = connect(directory, options);
      ExtractedLibrary.unlink();
      ZoneId zone = prepare(connection, directory, options);
      return new Database(directory, options, connection, zone);
    } catch (SQLException e) {
      close(connection);
      throw new StoreUnavailableException(
          directory.facts() + " cannot be opened: " + firstLine(e) + mend(directory, e),
          RETRY_MILLIS,
          e);
    } catch (StoreUnavailableException e) {
      close(connection);
      throw e;
    }
  }

  /** What to do where its log is damaged, and the journal has kept what is in it. */
  private static String mend(DataDirectory directory, SQLException e) {
    String message = String.valueOf(e.getMessage());
    boolean damaged =
        message.contains("replaying WAL file \"" + directory.log() + "\"")
            || message.contains("WAL checkpoint iteration");
    return damaged && CommittedFile.read(directory.committed()) > 0
        ? "; move "
            + directory.log()
            + " away and start again: the journal has what was acknowledged since the last"
            + " checkpoint (docs/format/data-directory.md)"
        : "";
  }

  private static DuckDBConnection connect(DataDirectory directory, StoreOptions options)
      throws SQLException {
    DuckDBConnection connection =
        (DuckDBConnection)
            DriverManager.getConnection("jdbc:duckdb:", settings(directory, options));
    try {
      // Beside nothing: only what is attached takes options.
      attach(connection, directory.facts(), CATALOG);
      use(connection);
      return connection;
    } catch (Throwable e) {
      close(connection);
      throw e;
    }
  }

  private static void attach(DuckDBConnection connection, Path file, String catalog)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "ATTACH '"
              + file.toString().replace("'", "''")
              + "' AS "
              + catalog
              + " (ROW_GROUP_SIZE "
              + ROWS_OF_GROUP
              + ")");
    }
  }

  private static void use(DuckDBConnection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("USE " + CATALOG);
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
   */
  void reopen(long version) throws SQLException, StoreUnavailableException {
    List<Reader> dead = new ArrayList<>();
    boolean opened = false;
    try {
      while (dead.size() < READERS) {
        dead.add(takeReader());
      }
      dead.forEach(Database::close);
      close(writer);
      writer = connect(directory, options);
      refuseBefore(version);
      prepare(writer, directory, options);
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
    }
  }

  /** Before anything is written: what the log has behind its seeming end would be gone. */
  private void refuseBefore(long version) throws SQLException, StoreUnavailableException {
    boolean empty = number(writer, TABLES) == 0; // its tables may be in the log too
    long has = empty ? 0 : number(writer, LAST_VERSION);
    if (has < version) {
      try (Statement statement = writer.createStatement()) {
        statement.execute("PRAGMA disable_checkpoint_on_shutdown");
      }
      close(writer);
      throw new StoreUnavailableException(
          directory.log()
              + " has lost its end: the database has version "
              + has
              + " instead of "
              + version
              + "; start again, and what was acknowledged is applied again from the journal",
          RETRY_MILLIS,
          null);
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

  private static Properties settings(DataDirectory directory, StoreOptions options) {
    Properties settings = new Properties();
    settings.setProperty("threads", Integer.toString(options.threads()));
    settings.setProperty("memory_limit", (options.memoryLimitBytes() >> 20) + "MiB");
    settings.setProperty("fsync_mode", options.fsync() ? "STANDARD" : "NONE");
    settings.setProperty("temp_directory", directory.spill().toString());
    settings.setProperty("preserve_insertion_order", "false");
    settings.setProperty(
        "checkpoint_threshold", ((LOG_BY_ITSELF * limitLogBytes(options)) >> 20) + "MiB");
    // Nothing is fetched from anywhere.
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("allow_community_extensions", "false");
    return settings;
  }

  private static ZoneId prepare(
      DuckDBConnection connection, DataDirectory directory, StoreOptions options)
      throws SQLException, StoreUnavailableException {
    Map<String, String> meta = Schema.bring(connection, directory.root());
    try (Statement statement = connection.createStatement()) {
      if (!meta.containsKey("schema")) {
        statement.execute(
            "INSERT INTO meta VALUES ('schema', '"
                + Schema.VERSION
                + "'), ('zone', '"
                + options.zone().getId()
                + "')");
        meta.put("zone", options.zone().getId());
      }
      statement.execute("CREATE TEMP TABLE keys (key VARCHAR)");
      writeAliases(connection, options);
      connection.commit();
    }
    try {
      return ZoneId.of(meta.getOrDefault("zone", "UTC"));
    } catch (DateTimeException e) {
      throw new StoreUnavailableException(
          directory.facts()
              + " names a time zone that this Java does not know: "
              + meta.get("zone"),
          RETRY_MILLIS,
          e);
    }
  }

  private static void writeAliases(DuckDBConnection connection, StoreOptions options)
      throws SQLException {
    Map<String, String> persons = new HashMap<>();
    options
        .aliases()
        .forEach(
            (person, names) -> {
              persons.put(person.toLowerCase(Locale.ROOT), person);
              names.forEach(name -> persons.put(name.toLowerCase(Locale.ROOT), person));
            });
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM aliases");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO aliases VALUES (?, ?)")) {
      for (Map.Entry<String, String> entry : persons.entrySet()) {
        insert.setString(1, entry.getKey());
        insert.setString(2, entry.getValue());
        insert.execute();
      }
    }
  }

  /** The version of the last transaction that is stored. */
  long lastVersion() {
    long[] version = new long[1];
    read(LAST_VERSION, row -> version[0] = row.number());
    return version[0];
  }

  private static long number(DuckDBConnection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
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
  void copyTo(Path file) throws SQLException {
    Reader reader = takeReader();
    DuckDBConnection own;
    try {
      own = reader.connection().duplicate();
    } finally {
      readers.add(reader);
    }
    copying.lock();
    try (own;
        Statement statement = own.createStatement()) {
      own.setAutoCommit(true);
      attach(own, file, "backup");
      try {
        statement.execute("COPY FROM DATABASE " + CATALOG + " TO backup");
      } finally {
        statement.execute("DETACH backup"); // which brings its log into the file
      }
    } finally {
      copying.unlock();
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
    return limitLogBytes(options);
  }

  private static long limitLogBytes(StoreOptions options) {
    return options.memoryLimitBytes() / MEMORY_TO_LOG;
  }

  /** What the log has. */
  long logBytes() {
    try {
      return Files.size(directory.log());
    } catch (IOException e) {
      return 0; // there is none
    }
  }

  /**
   * Brings the log into the file, durably. Only the writer's thread calls this, between its
   * transactions, or who has ended it.
   *
   * @return null where that is done, else why not; it may be tried again
   */
  @Nullable String checkpoint() {
    try (Statement statement = writer.createStatement()) {
      statement.execute("CHECKPOINT");
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
    List<Reader> idle = new ArrayList<>();
    if (!copying.tryLock()) {
      return "a copy is made";
    }
    try {
      while (idle.size() < READERS) {
        Reader reader = readers.poll(LIMIT_CHECKPOINT_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        if (reader == null) {
          return "somebody reads for long";
        }
        idle.add(reader);
      }
      return checkpoint();
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

  private static void close(@Nullable AutoCloseable connection) {
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
