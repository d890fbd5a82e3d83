package dev.assay.proto.line;

import java.text.Normalizer;
import java.util.Locale;

/**
 * A line of source as attribution compares it: Unicode form NFC, without white space at its ends,
 * runs of white space as one space, every quotation mark as {@code "}, lower case.
 * docs/attribution.md, rule N1.
 *
 * @param text the normalised text, possibly empty
 */
public record NormalisedLine(String text) {
  /** Lines with more characters (UTF-16 units of the raw line) than this are never attributed. */
  public static final int LIMIT_CHARS = 1000;

  /** Normalises a raw line; a line break at its end counts as white space. */
  public static NormalisedLine of(String raw) {
    String nfc =
        Normalizer.isNormalized(raw, Normalizer.Form.NFC)
            ? raw
            : Normalizer.normalize(raw, Normalizer.Form.NFC);
    StringBuilder out = new StringBuilder(nfc.length());
    boolean gap = false;
    for (int i = 0; i < nfc.length(); i++) {
      char c = nfc.charAt(i);
      if (isWhiteSpace(c)) {
        gap = true;
        continue;
      }
      if (gap && !out.isEmpty()) {
        out.append(' ');
      }
      gap = false;
      out.append(isQuote(c) ? '"' : c);
    }
    return new NormalisedLine(out.toString().toLowerCase(Locale.ROOT));
  }

  /**
   * Whether the line can count at all: more than three characters (code points) remain, and one of
   * them is a letter or a digit. The limit of the raw line's length is the caller's to check.
   */
  public boolean effective() {
    return text.codePointCount(0, text.length()) > 3
        && text.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  private static boolean isWhiteSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  private static boolean isQuote(char c) {
    return switch (c) {
      case '"', '\'', '`', '\u2018', '\u2019', '\u201c', '\u201d' -> true;
      default -> false;
    };
  }
}
