package dev.assay.bench.accuracy.text;

import java.text.Normalizer;
import java.util.Locale;

/**
 * How two lines are compared: the published rules of contribution metrics, written down once more
 * so that the yardstick does not lean on the code that it judges.
 */
public final class LineText {
  /** Longer raw lines never count. */
  public static final int LIMIT_CHARS = 1000;

  private static final String QUOTES = "'`\u2018\u2019\u201c\u201d";

  private LineText() {}

  /** NFC, trimmed, white space collapsed, quotes unified, lower case. */
  public static String normalise(String raw) {
    StringBuilder out = new StringBuilder(raw.length());
    Normalizer.normalize(raw, Normalizer.Form.NFC)
        .chars()
        .map(c -> blank(c) ? ' ' : foldQuote((char) c))
        .filter(c -> c != ' ' || (!out.isEmpty() && out.charAt(out.length() - 1) != ' '))
        .forEach(c -> out.append((char) c));
    return out.toString().strip().toLowerCase(Locale.ROOT);
  }

  /** Whether a raw line counts: over 3 characters after normalisation, one a letter or digit. */
  public static boolean effective(String raw) {
    String line = normalise(raw);
    return raw.length() <= LIMIT_CHARS
        && line.codePointCount(0, line.length()) > 3
        && line.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  /** The share by which two raw lines differ: Levenshtein distance over the longer one's length. */
  public static double difference(String left, String right) {
    return differenceOfNormalised(normalise(left), normalise(right));
  }

  /** As {@link #difference}, for lines that are normalised already. */
  static double differenceOfNormalised(String left, String right) {
    int[] a = left.codePoints().toArray();
    int[] b = right.codePoints().toArray();
    int longer = Math.max(a.length, b.length);
    return longer == 0 ? 0 : (double) distance(a, b) / longer;
  }

  /** Whether two normalised lines differ in at most a fifth; exactly a fifth still does. */
  public static boolean near(String left, String right) {
    int longer = Math.max(left.length(), right.length());
    if (Math.abs(left.length() - right.length()) * 5 > longer) {
      return false;
    }
    return left.equals(right)
        || (letterGap(left, right) * 5 <= longer && differenceOfNormalised(left, right) <= 0.2);
  }

  /** A lower bound of the distance: characters that only one side has. */
  private static int letterGap(String left, String right) {
    int[] counts = new int[128];
    left.chars().forEach(c -> counts[c & 127]++);
    right.chars().forEach(c -> counts[c & 127]--);
    int more = 0;
    int less = 0;
    for (int count : counts) {
      more += Math.max(count, 0);
      less += Math.max(-count, 0);
    }
    return Math.max(more, less);
  }

  private static int distance(int[] a, int[] b) {
    int[] row = new int[b.length + 1];
    for (int j = 0; j <= b.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length; i++) {
      int corner = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length; j++) {
        int change = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
        corner = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length];
  }

  /** Every style of quotation mark as one. */
  static char foldQuote(char c) {
    return QUOTES.indexOf(c) >= 0 ? '"' : c;
  }

  static boolean blank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }
}
