package dev.assay.store.embedded;

import dev.assay.store.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which tables a database has, and the way from each older version to this one: {@code
 * migrate-2.sql} leads from 1 to 2, and so on. Each step is one transaction together with its
 * number, so that a process that ends in between goes on from there at its next start.
 */
final class Schema {
  /** Of the tables that {@code tables.sql} makes; a newer one is refused. */
  static final int VERSION = 4;

  /** The first that was released. */
  private static final int OLDEST = 1;

  private static final Logger log = LoggerFactory.getLogger(Schema.class);
  private static final long RETRY_MILLIS = 5_000;

  private final DuckDBConnection connection;
  private final Path root;
  private final int newest;

  private Schema(DuckDBConnection connection, Path root, int newest) {
    this.connection = connection;
    this.root = root;
    this.newest = newest;
  }

  /**
   * Makes the tables where there are none, else brings them to this version.
   *
   * @param connection in auto-commit mode; it is left without
   * @param root the data directory, for messages
   * @return what {@code meta} says; empty where the tables are new
   * @throws StoreUnavailableException where a newer version wrote it, or it is not Assay's. Nothing
   *     was touched then
   */
  static Map<String, String> bring(DuckDBConnection connection, Path root)
      throws SQLException, StoreUnavailableException {
    return new Schema(connection, root, VERSION).bring();
  }

  private Map<String, String> bring() throws SQLException, StoreUnavailableException {
    Map<String, String> meta = meta();
    String schema = meta.get("schema");
    int version = schema == null ? newest : number(schema);
    connection.setAutoCommit(false);
    if (version < newest) {
      log.warn(
          "Data directory {} has schema {} and is brought to schema {}; an older version of Assay"
              + " cannot open it then. The way back is a backup that the older version made.",
          root,
          version,
          newest);
    }
    while (version < newest) {
      version = step(version + 1);
    }
    execute("tables.sql");
    if (!Sums.ofThisVersion(meta.getOrDefault("sums", ""))) {
      execute("sums-drop.sql");
    }
    execute("sums-tables.sql");
    execute("views.sql");
    return meta;
  }

  private int step(int to) throws SQLException, StoreUnavailableException {
    try {
      execute("migrate-" + to + ".sql");
      try (Statement statement = connection.createStatement()) {
        statement.execute("UPDATE meta SET value = '" + to + "' WHERE name = 'schema'");
      }
      connection.commit();
      return to;
    } catch (SQLException e) {
      try {
        connection.rollback();
      } catch (SQLException again) { // an engine that ended forgets it too
        e.addSuppressed(again);
      }
      throw refused(
          "data directory %s could not be brought from schema %d to %d, and stays at the first: %s",
          e, root, to - 1, to, Database.firstLine(e));
    }
  }

  private void execute(String resource) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : Sql.resource(resource)) {
        statement.execute(sql);
      }
    }
  }

  private Map<String, String> meta() throws SQLException {
    Map<String, String> meta = new HashMap<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'meta'")) {
        if (!rows.next() || rows.getLong(1) == 0) {
          return meta;
        }
      }
      try (ResultSet rows = statement.executeQuery("SELECT name, value FROM meta")) {
        while (rows.next()) {
          meta.put(rows.getString(1), rows.getString(2));
        }
      }
    }
    return meta;
  }

  private int number(String schema) throws StoreUnavailableException {
    int version;
    try {
      version = Integer.parseInt(schema);
    } catch (NumberFormatException e) {
      version = 0;
    }
    if (version < OLDEST) {
      throw refused(
          "data directory %s names a schema that no version of Assay wrote: %s; restore a backup",
          null, root, schema);
    }
    if (version > newest) {
      throw refused(
          "data directory %s was written by a newer version of Assay (schema %d; this one knows %d):"
              + " start that version, restore a backup of this one, or choose another directory with"
              + " --data",
          null, root, version, newest);
    }
    return version;
  }

  private static StoreUnavailableException refused(
      String message, @Nullable Throwable cause, Object... arguments) {
    return new StoreUnavailableException(
        String.format(Locale.ROOT, message, arguments), RETRY_MILLIS, cause);
  }
}
