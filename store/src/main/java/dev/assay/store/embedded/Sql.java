package dev.assay.store.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Statements with their parameters. A collection of texts becomes one array parameter. */
final class Sql {
  private Sql() {}

  static PreparedStatement prepare(
      Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      bind(connection, statement, parameters);
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  /** Gives a statement its parameters, in place of those that it had. */
  static void bind(
      Connection connection, PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      @Nullable Object value = parameters[i];
      if (value instanceof Collection<?> texts) {
        statement.setObject(i + 1, connection.createArrayOf("VARCHAR", texts.toArray()));
      } else if (value instanceof long[] numbers) {
        Object[] boxed = Arrays.stream(numbers).boxed().toArray();
        statement.setObject(i + 1, connection.createArrayOf("BIGINT", boxed));
      } else {
        statement.setObject(i + 1, value);
      }
    }
  }

  static void forEach(ResultSet rows, Row each) throws SQLException {
    RowIn row = new RowIn(rows);
    while (row.next()) {
      each.read(row);
    }
  }

  /**
   * The statements of a resource of this package; they end with a semicolon at the end of a line.
   */
  static List<String> resource(String name) {
    try (InputStream in = Objects.requireNonNull(Sql.class.getResourceAsStream(name), name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split(";\\s*(\n|$)"))
          .map(String::strip)
          .filter(statement -> !statement.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one row. */
  interface Row {
    void read(RowIn row) throws SQLException;
  }
}
