package dev.assay.proto.signature;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A normalised line with each character in place of which one of a few symbols stands. The key
 * decides which characters share a symbol, so that a symbol does not tell its character; two lines
 * that differ in n characters differ in about as many symbols. White space and the punctuation that
 * formatters add and drop stand for themselves.
 */
final class Letters {
  /**
   * Symbols for the characters that do not stand for themselves. No two of the letters a to z share
   * one, since most changes are from one of them to another. With fewer, more changed characters go
   * unseen; with more, a symbol tells more. docs/format/line-signature.md has the figures.
   */
  static final int SYMBOLS = 40;

  /** The engine's rule S4 leaves these out or needs to see them. */
  private static final String THEMSELVES = " ,;()\\/*#-%!";

  private static final int ASCII = 128;

  /** First byte of the symbols. */
  private static final int FIRST_BYTE = 128;

  /** Where they stand in a Java String: in a private area, one unit each. */
  private static final char FIRST_CHAR = '\uE000';

  private final int[] ascii = new int[ASCII];
  private final KeyedHash hash;

  Letters(KeyedHash hash) {
    this.hash = hash;
    List<Integer> hidden = new ArrayList<>();
    for (int c = 0; c < ASCII; c++) {
      if (THEMSELVES.indexOf(c) >= 0) {
        ascii[c] = c;
      } else if (c > ' ' && c < 127 && !Character.isUpperCase(c)) {
        hidden.add(c);
      } else {
        ascii[c] = FIRST_BYTE + of(c);
      }
    }
    hidden.sort(
        Comparator.<Integer, Boolean>comparing(c -> !Character.isLetter(c))
            .thenComparingLong(c -> hash.cut(Character.toString(c)))
            .thenComparing(Comparator.naturalOrder()));
    for (int i = 0; i < hidden.size(); i++) {
      ascii[hidden.get(i)] = FIRST_BYTE + i % SYMBOLS;
    }
  }

  /** A byte for each code point. */
  ByteString of(String normalised) {
    byte[] out = new byte[normalised.codePointCount(0, normalised.length())];
    int at = 0;
    for (int i = 0; i < normalised.length(); at++) {
      int c = normalised.codePointAt(i);
      i += Character.charCount(c);
      out[at] = (byte) (c < ASCII ? ascii[c] : FIRST_BYTE + of(c));
    }
    return ByteString.copyFrom(out);
  }

  /** The same as a String, a unit for each code point. */
  static String toString(ByteString letters) {
    char[] out = new char[letters.size()];
    for (int i = 0; i < out.length; i++) {
      int b = letters.byteAt(i) & 0xff;
      out[i] = b < FIRST_BYTE ? (char) b : (char) (FIRST_CHAR + b - FIRST_BYTE);
    }
    return new String(out);
  }

  private int of(int codePoint) {
    return (int) Long.remainderUnsigned(hash.cut(Character.toString(codePoint)), SYMBOLS);
  }
}
