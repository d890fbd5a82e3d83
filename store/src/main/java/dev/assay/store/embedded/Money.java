package dev.assay.store.embedded;

import java.math.BigDecimal;
import java.sql.SQLException;

/** US dollars as they leave the store: without the zeros of the column's scale. */
final class Money {
  private Money() {}

  static BigDecimal of(RowIn row) throws SQLException {
    return plain(row.money());
  }

  static BigDecimal plain(BigDecimal usd) {
    BigDecimal stripped = usd.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
