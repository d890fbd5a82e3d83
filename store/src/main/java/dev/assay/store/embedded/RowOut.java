package dev.assay.store.embedded;

import dev.assay.store.join.Claim;
import dev.assay.store.join.Ranked;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Collection;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Appends one row, column after column; {@link RowIn} reads the same order back. */
final class RowOut {
  private final DuckDBAppender appender;

  RowOut(DuckDBAppender appender) {
    this.appender = appender;
  }

  RowOut begin() throws SQLException {
    appender.beginRow();
    return this;
  }

  void end() throws SQLException {
    appender.endRow();
  }

  RowOut text(@Nullable String value) throws SQLException {
    appender.append(value);
    return this;
  }

  RowOut number(long value) throws SQLException {
    appender.append(value);
    return this;
  }

  RowOut number(@Nullable Long value) throws SQLException {
    appender.append(value);
    return this;
  }

  RowOut integer(int value) throws SQLException {
    appender.append(value);
    return this;
  }

  RowOut integer(@Nullable Integer value) throws SQLException {
    appender.append(value);
    return this;
  }

  RowOut real(double value) throws SQLException {
    appender.append(value);
    return this;
  }

  RowOut flag(boolean value) throws SQLException {
    appender.append(value);
    return this;
  }

  RowOut flag(@Nullable Boolean value) throws SQLException {
    appender.append(value);
    return this;
  }

  RowOut money(@Nullable BigDecimal value) throws SQLException {
    appender.append(value);
    return this;
  }

  RowOut bytes(byte @Nullable [] value) throws SQLException {
    if (value == null) {
      appender.appendNull();
    } else {
      appender.append(value);
    }
    return this;
  }

  RowOut texts(@Nullable Collection<String> values) throws SQLException {
    if (values == null) {
      appender.appendNull();
    } else {
      appender.append(values);
    }
    return this;
  }

  RowOut rankedText(@Nullable Ranked<String> ranked) throws SQLException {
    return text(Ranked.valueOf(ranked)).rank(ranked);
  }

  RowOut rankedNumber(Ranked<Long> ranked) throws SQLException {
    return number(ranked.value()).number(ranked.rank());
  }

  RowOut rankedFlag(@Nullable Ranked<Boolean> ranked) throws SQLException {
    return flag(Ranked.valueOf(ranked)).rank(ranked);
  }

  RowOut rankedMoney(@Nullable Ranked<BigDecimal> ranked) throws SQLException {
    return money(Ranked.valueOf(ranked)).rank(ranked);
  }

  RowOut claim(Claim claim) throws SQLException {
    return text(claim.sessionId()).flag(claim.byTelemetry()).number(claim.startedMicros());
  }

  private RowOut rank(@Nullable Ranked<?> ranked) throws SQLException {
    return number(ranked == null ? null : Long.valueOf(ranked.rank()));
  }
}
