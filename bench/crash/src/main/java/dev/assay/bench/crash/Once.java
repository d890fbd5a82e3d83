package dev.assay.bench.crash;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Looks past the store at its tables: is each fact one row? */
final class Once {
  private Once() {}

  /** How many rows of edits are there beside the first of their key. */
  static long twice(Path data) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + data.resolve("facts.duckdb"));
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT count(*) - count(DISTINCT tool_use_id) FROM edits")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
