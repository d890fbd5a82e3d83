package dev.assay.store.embedded;

import dev.assay.store.join.Claim;
import dev.assay.store.join.Ranked;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a row, column after column, in the order in which {@link RowOut} wrote it. */
final class RowIn {
  private final ResultSet rows;
  private int column;

  RowIn(ResultSet rows) {
    this.rows = rows;
  }

  /** Goes to the next row; false where there is none. */
  boolean next() throws SQLException {
    column = 0;
    return rows.next();
  }

  void skip() {
    column++;
  }

  @Nullable String textOrNull() throws SQLException {
    return rows.getString(++column);
  }

  String text() throws SQLException {
    return Objects.requireNonNull(textOrNull());
  }

  long number() throws SQLException {
    return rows.getLong(++column);
  }

  @Nullable Long numberOrNull() throws SQLException {
    long value = number();
    return rows.wasNull() ? null : value;
  }

  int integer() throws SQLException {
    return rows.getInt(++column);
  }

  @Nullable Integer integerOrNull() throws SQLException {
    int value = integer();
    return rows.wasNull() ? null : value;
  }

  double real() throws SQLException {
    return rows.getDouble(++column);
  }

  boolean flag() throws SQLException {
    return rows.getBoolean(++column);
  }

  @Nullable Boolean flagOrNull() throws SQLException {
    boolean value = flag();
    return rows.wasNull() ? null : value;
  }

  @Nullable BigDecimal moneyOrNull() throws SQLException {
    return rows.getBigDecimal(++column);
  }

  BigDecimal money() throws SQLException {
    BigDecimal value = moneyOrNull();
    return value == null ? BigDecimal.ZERO : value;
  }

  byte @Nullable [] bytes() throws SQLException {
    return rows.getBytes(++column);
  }

  LocalDate day() throws SQLException {
    return LocalDate.ofEpochDay(number());
  }

  List<String> texts() throws SQLException {
    Array array = rows.getArray(++column);
    List<String> values = new ArrayList<>();
    if (array != null) {
      for (Object value : (Object[]) array.getArray()) {
        values.add((String) value);
      }
    }
    return values;
  }

  @Nullable Ranked<String> rankedText() throws SQLException {
    String value = textOrNull();
    return Ranked.of(value, number());
  }

  Ranked<Long> rankedNumber() throws SQLException {
    long value = number();
    return new Ranked<>(value, number());
  }

  @Nullable Ranked<Boolean> rankedFlag() throws SQLException {
    Boolean value = flagOrNull();
    return Ranked.of(value, number());
  }

  @Nullable Ranked<BigDecimal> rankedMoney() throws SQLException {
    BigDecimal value = moneyOrNull();
    return Ranked.of(value, number());
  }

  Claim claim() throws SQLException {
    String session = text();
    boolean byTelemetry = flag();
    return new Claim(session, byTelemetry, numberOrNull());
  }
}
