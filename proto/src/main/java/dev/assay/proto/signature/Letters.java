package dev.assay.proto.signature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A normalised line with a letter in place of each character. The key decides which letter stands
 * for which character; no two ASCII characters share one, so that two lines differ in as many
 * letters as in characters. White space and the punctuation that formatters add and drop stand for
 * themselves.
 */
final class Letters {
  /** The engine's rule S4 leaves these out or needs to see them. */
  private static final String THEMSELVES = " ,;()\\/*#-%!";

  private static final int ASCII = 128;

  /** Letters of further characters: one UTF-16 unit each, below the surrogates. */
  private static final int OTHERS = Character.MIN_SURROGATE - ASCII;

  private final char[] ascii = new char[ASCII];
  private final KeyedHash hash;

  Letters(KeyedHash hash) {
    this.hash = hash;
    List<Integer> hidden = new ArrayList<>();
    for (int c = 0; c < ASCII; c++) {
      if (THEMSELVES.indexOf(c) >= 0) {
        ascii[c] = (char) c;
      } else {
        hidden.add(c);
      }
    }
    List<Integer> dealt = new ArrayList<>(hidden);
    dealt.sort(
        Comparator.<Integer>comparingLong(c -> hash.cut(Character.toString(c)))
            .thenComparing(Comparator.naturalOrder()));
    for (int i = 0; i < hidden.size(); i++) {
      ascii[hidden.get(i)] = (char) dealt.get(i).intValue();
    }
  }

  /** A UTF-16 unit for each code point. */
  String of(String normalised) {
    StringBuilder out = new StringBuilder(normalised.length());
    normalised.codePoints().forEach(c -> out.append(c < ASCII ? ascii[c] : other(c)));
    return out.toString();
  }

  private char other(int codePoint) {
    long cut = hash.cut(Character.toString(codePoint));
    return (char) (ASCII + Long.remainderUnsigned(cut, OTHERS));
  }
}
