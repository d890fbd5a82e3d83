package dev.assay.receiver.attribution;

import dev.assay.proto.line.LineHash;

/**
 * What a line without text is equal by, as a String that no text can be: it begins with a lone
 * surrogate, which neither git's nor the wire's UTF-8 can hold.
 */
final class SignedText {
  private static final char FIRST = '\uDC00';

  private SignedText() {}

  /**
   * Of a signed line.
   *
   * @param chars of the normalised line
   */
  static String of(long hash, int chars) {
    char[] text = new char[6];
    text[0] = FIRST;
    for (int i = 0; i < 4; i++) {
      text[i + 1] = (char) (hash >>> (48 - 16 * i));
    }
    text[5] = (char) Math.min(chars, Character.MAX_VALUE);
    return new String(text);
  }

  private static boolean is(String text) {
    return !text.isEmpty() && text.charAt(0) == FIRST;
  }

  /** Whether the normalised line has fewer characters (code points) than this. */
  static boolean shorter(String text, int chars) {
    if (is(text)) {
      return text.charAt(5) < chars;
    }
    return text.length() < chars || text.codePointCount(0, text.length()) < chars;
  }

  /** The {@link LineHash} of any line. */
  static long lineHash(String text) {
    if (!is(text)) {
      return LineHash.of(text);
    }
    long hash = 0;
    for (int i = 1; i <= 4; i++) {
      hash = hash << 16 | text.charAt(i);
    }
    return hash;
  }
}
