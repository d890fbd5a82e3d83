package dev.assay.web.api;

import java.util.ArrayList;
import java.util.List;

/** Reads RFC 4180, strictly. */
final class CsvReader {
  private CsvReader() {}

  static List<List<String>> read(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      StringBuilder cell = new StringBuilder();
      if (text.charAt(at) == '"') {
        at++;
        while (text.charAt(at) != '"' || text.startsWith("\"\"", at)) {
          at += text.charAt(at) == '"' ? 1 : 0;
          cell.append(text.charAt(at++));
        }
        at++;
      } else {
        while (",\r".indexOf(text.charAt(at)) < 0) {
          if (text.charAt(at) == '"' || text.charAt(at) == '\n') {
            throw new IllegalArgumentException("a bare quote or line feed at " + at);
          }
          cell.append(text.charAt(at++));
        }
      }
      row.add(cell.toString());
      if (text.startsWith("\r\n", at)) {
        rows.add(row);
        row = new ArrayList<>();
        at += 2;
      } else if (text.charAt(at) == ',') {
        at++;
      } else {
        throw new IllegalArgumentException("neither comma nor CRLF at " + at);
      }
    }
    return rows;
  }
}
