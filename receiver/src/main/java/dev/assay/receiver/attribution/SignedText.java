package dev.assay.receiver.attribution;

import dev.assay.proto.line.LineHash;

/**
 * What a line without text is equal by, as a String that no text can be: it begins with a lone
 * surrogate, which neither git's nor the wire's UTF-8 can hold. Lines too short to be signed are
 * equal by kind and length; they only hold their places.
 */
final class SignedText {
  /** Not effective, and too short to be signed. */
  static final String MARK = "\uDC00m";

  private static final char FIRST = '\uDC00';
  private static final int LENGTH = 7;

  private SignedText() {}

  /** Of an effective line that is too short to be signed: those of one length are equal. */
  static String ofShort(int chars) {
    return new String(new char[] {FIRST, (char) chars});
  }

  /**
   * Of a signed line.
   *
   * @param chars of the normalised line
   */
  static String of(long hash, int chars) {
    char[] text = new char[LENGTH];
    text[0] = FIRST;
    for (int i = 0; i < 4; i++) {
      text[i + 1] = (char) (hash >>> (48 - 16 * i));
    }
    text[5] = (char) Math.min(chars, Character.MAX_VALUE);
    text[6] = FIRST;
    return new String(text);
  }

  static boolean is(String text) {
    return !text.isEmpty() && text.charAt(0) == FIRST;
  }

  /** Whether the line can be told from others. */
  static boolean known(String text) {
    return !is(text) || text.length() == LENGTH;
  }

  static int chars(String text) {
    return known(text) ? text.charAt(5) : 0;
  }

  /**
   * The {@link LineHash} of any line; of one that is not known {@link LineHash#NONE}, which no line
   * of a tree has.
   */
  static long lineHash(String text) {
    if (!is(text)) {
      return LineHash.of(text);
    }
    if (!known(text)) {
      return LineHash.NONE;
    }
    long hash = 0;
    for (int i = 0; i < 4; i++) {
      hash = hash << 16 | text.charAt(i + 1);
    }
    return hash;
  }
}
