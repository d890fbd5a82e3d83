package dev.assay.receiver.forge;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Paths as git prints them: as they are, or in double quotes with C's escapes. */
final class QuotedPath {
  private static final String LETTERS = "abtnvfr";
  private static final Pattern OCTAL = Pattern.compile("[0-3][0-7]{2}");
  private static final byte[] MEANINGS = {7, 8, 9, 10, 11, 12, 13};

  private QuotedPath() {}

  static String of(String printed) {
    if (printed.length() < 2 || !printed.startsWith("\"") || !printed.endsWith("\"")) {
      return printed;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(printed.length());
    int end = printed.length() - 1;
    for (int i = 1; i < end; i++) {
      char c = printed.charAt(i);
      if (c != '\\' || i + 1 == end) {
        int next = printed.offsetByCodePoints(i, 1);
        out.writeBytes(printed.substring(i, next).getBytes(StandardCharsets.UTF_8));
        i = next - 1;
        continue;
      }
      char escape = printed.charAt(++i);
      if (i + 2 < end && OCTAL.matcher(printed).region(i, i + 3).matches()) {
        out.write(Integer.parseInt(printed.substring(i, i + 3), 8));
        i += 2;
      } else {
        int letter = LETTERS.indexOf(escape);
        out.write(letter >= 0 ? MEANINGS[letter] : escape);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
