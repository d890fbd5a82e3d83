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
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/**
 * How the engine opens the database's file, with its log: settings, schema, and what it refuses.
 */
final class DatabaseFile {
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
  static final String CATALOG = "facts";

  /** Older directories have it only where an edit has it. */
  static final String LAST_VERSION =
      """
      SELECT coalesce(max(version), 0) FROM (
        SELECT version FROM edits UNION ALL SELECT version FROM edits_moved
        UNION ALL SELECT value::BIGINT FROM meta WHERE name = 'version')
      """;

  private static final String TABLES =
      "SELECT count(*) FROM duckdb_tables() WHERE database_name = '" + CATALOG + "'";

  private final DataDirectory directory;
  private final StoreOptions options;

  DatabaseFile(DataDirectory directory, StoreOptions options) {
    this.directory = directory;
    this.options = options;
  }

  /**
   * Opens it.
   *
   * @return the one connection; others are its duplicates
   */
  DuckDBConnection connect() throws SQLException {
    DuckDBConnection connection =
        (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings());
    try {
      // Beside nothing: only what is attached takes options.
      attach(connection, directory.facts(), CATALOG);
      use(connection);
      return connection;
    } catch (Throwable e) {
      Database.close(connection);
      throw e;
    }
  }

  /** Attaches another file beside it. */
  static void attach(DuckDBConnection connection, Path file, String catalog) throws SQLException {
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

  /** Each connection says for itself which of the attached it speaks of. */
  static void use(DuckDBConnection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("USE " + CATALOG);
    }
  }

  /** It was refused; what to do where its log is damaged, and the journal has what is in it. */
  StoreUnavailableException refused(SQLException e) {
    String message = String.valueOf(e.getMessage());
    boolean damaged =
        message.contains("replaying WAL file \"" + directory.log() + "\"")
            || message.contains("WAL checkpoint iteration");
    String mend =
        damaged && CommittedFile.read(directory.committed()) > 0
            ? "; move "
                + directory.log()
                + " away and start again: the journal has what was acknowledged since the last"
                + " checkpoint (docs/format/data-directory.md)"
            : "";
    return new StoreUnavailableException(
        directory.facts() + " cannot be opened: " + Database.firstLine(e) + mend, RETRY_MILLIS, e);
  }

  /**
   * Refuses one that lacks this version, before anything is written: what the log has behind its
   * seeming end would be gone.
   */
  void refuseBefore(long version, DuckDBConnection connection)
      throws SQLException, StoreUnavailableException {
    boolean empty = number(connection, TABLES) == 0; // its tables may be in the log too
    long has = empty ? 0 : number(connection, LAST_VERSION);
    if (has < version) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA disable_checkpoint_on_shutdown");
      }
      Database.close(connection);
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

  /** That answer one question. */
  int threads() {
    return options.threads();
  }

  private Properties settings() {
    Properties settings = new Properties();
    settings.setProperty("threads", Integer.toString(options.threads()));
    settings.setProperty("memory_limit", (options.memoryLimitBytes() >> 20) + "MiB");
    settings.setProperty("fsync_mode", options.fsync() ? "STANDARD" : "NONE");
    settings.setProperty("temp_directory", directory.spill().toString());
    settings.setProperty("preserve_insertion_order", "false");
    settings.setProperty("checkpoint_threshold", ((LOG_BY_ITSELF * limitLogBytes()) >> 20) + "MiB");
    // Nothing is fetched from anywhere.
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("allow_community_extensions", "false");
    return settings;
  }

  /**
   * Brings it to this version's schema.
   *
   * @return whose days its figures use
   */
  ZoneId prepare(DuckDBConnection connection) throws SQLException, StoreUnavailableException {
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
      writeAliases(connection);
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

  private void writeAliases(DuckDBConnection connection) throws SQLException {
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

  private static long number(DuckDBConnection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** With so many the log is to be brought into the file. */
  long limitLogBytes() {
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
}
