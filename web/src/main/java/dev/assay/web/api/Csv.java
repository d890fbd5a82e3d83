package dev.assay.web.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Writes comma-separated values as RFC 4180 has them, one record at a time.
 *
 * <p>Text that a spreadsheet would take for a formula gets an apostrophe before it: names of users,
 * files and branches are other people's, and {@code =HYPERLINK(...)} in one of them would run on
 * the machine of whoever opens the file.
 */
final class Csv {
  private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private final Writer out;

  Csv(Writer out) {
    this.out = out;
  }

  /**
   * Writes one record.
   *
   * @param cells numbers and truth values as they are, null as nothing, the rest as text
   * @throws UncheckedIOException where the reader has gone
   */
  void row(@Nullable Object... cells) {
    try {
      for (int i = 0; i < cells.length; i++) {
        if (i > 0) {
          out.write(',');
        }
        out.write(cell(cells[i]));
      }
      out.write("\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    return quoted(defused(value.toString()));
  }

  private static String defused(String text) {
    String start = text.stripLeading();
    boolean formula =
        (!text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0)
            || (!start.isEmpty() && FORMULA_STARTS.indexOf(start.charAt(0)) >= 0);
    return formula ? "'" + text : text;
  }

  private static String quoted(String text) {
    boolean plain =
        text.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ') && text.equals(text.strip());
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
