package dev.assay.store.embedded;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection that only reads, with the statements that it was asked last: to prepare one takes as
 * long as to ask a small one. DuckDB plans a kept statement anew each time it is asked, with what
 * the tables hold by then; {@code ReaderTest} would tell if it did not. Used by one thread at a
 * time.
 */
final class Reader implements AutoCloseable {
  /** Statements that are kept; the API has fewer. */
  static final int LIMIT_STATEMENTS = 100;

  private final DuckDBConnection connection;
  private final LinkedHashMap<String, PreparedStatement> statements =
      new LinkedHashMap<>(16, 0.75f, true);

  Reader(DuckDBConnection connection) {
    this.connection = connection;
  }

  DuckDBConnection connection() {
    return connection;
  }

  /** Asks, and reads all rows. */
  void read(String sql, Sql.Row each, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
      forgetEldest();
    }
    try {
      ask(statement, each, parameters);
    } catch (SQLException | RuntimeException e) {
      statements.remove(sql); // what state it is in nobody knows
      close(statement, e);
      throw e;
    }
  }

  /** The same, for a statement that is not asked again. */
  void readOnce(String sql, Sql.Row each, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      ask(statement, each, parameters);
    }
  }

  private void ask(PreparedStatement statement, Sql.Row each, @Nullable Object... parameters)
      throws SQLException {
    Sql.bind(connection, statement, parameters);
    try (ResultSet rows = statement.executeQuery()) {
      Sql.forEach(rows, each);
    }
  }

  private void forgetEldest() throws SQLException {
    if (statements.size() > LIMIT_STATEMENTS) {
      Iterator<PreparedStatement> eldest = statements.values().iterator();
      PreparedStatement gone = eldest.next();
      eldest.remove();
      gone.close();
    }
  }

  private static void close(PreparedStatement statement, Exception why) {
    try {
      statement.close();
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }

  /** How many statements are kept. */
  int statements() {
    return statements.size();
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      for (PreparedStatement statement : statements.values()) {
        statement.close();
      }
      statements.clear();
    }
  }
}
