package dev.assay.proto.line;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
    String ascii = ofAscii(raw);
    return ascii != null ? new NormalisedLine(ascii) : ofAny(raw);
  }

  /** Most lines of source are ASCII, which every Unicode form leaves alone; null for others. */
  private static @Nullable String ofAscii(String raw) {
    byte[] out = new byte[raw.length()];
    int size = 0;
    boolean gap = false;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c >= 0x80) {
        return null;
      }
      if (c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31)) {
        gap = true;
        continue;
      }
      if (gap && size > 0) {
        out[size++] = ' ';
      }
      gap = false;
      out[size++] = (byte) (c == '\'' || c == '`' ? '"' : c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return new String(out, 0, size, StandardCharsets.ISO_8859_1);
  }

  private static NormalisedLine ofAny(String raw) {
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
    if (text.codePointCount(0, text.length()) <= 3) {
      return false;
    }
    int c;
    for (int i = 0; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      if (Character.isLetterOrDigit(c)) {
        return true;
      }
    }
    return false;
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
