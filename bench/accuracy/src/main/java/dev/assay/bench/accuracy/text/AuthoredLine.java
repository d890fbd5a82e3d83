package dev.assay.bench.accuracy.text;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** A line of which each character that is not white space carries its author's number. */
public final class AuthoredLine {
  private final String text;
  private final int[] hands;

  AuthoredLine(String text, int[] hands) {
    if (text.length() != hands.length) {
      throw new IllegalArgumentException(text.length() + " characters, " + hands.length + " hands");
    }
    this.text = text;
    this.hands = hands;
  }

  /** A line of one author. */
  public static AuthoredLine by(int hand, String text) {
    int[] hands = new int[text.length()];
    Arrays.fill(hands, hand);
    return new AuthoredLine(text, hands);
  }

  /** The line's text, without a line break. */
  public String text() {
    return text;
  }

  /** The author of a character. */
  int handAt(int index) {
    return hands[index];
  }

  /** The authors of all characters but white space. */
  public Set<Integer> authors() {
    Set<Integer> out = new TreeSet<>();
    for (int i = 0; i < hands.length; i++) {
      if (!LineText.blank(text.charAt(i))) {
        out.add(hands[i]);
      }
    }
    return out;
  }

  /** The one author, or {@link Hand#NONE}; a blank line has the author of its white space. */
  int soleAuthor() {
    Set<Integer> all = authors();
    if (all.isEmpty()) {
      return hands.length == 0 ? Hand.NONE : hands[0];
    }
    return all.size() == 1 ? all.iterator().next() : Hand.NONE;
  }

  /** Other white space, case or spelling of the same line: every character keeps the authorship. */
  AuthoredLine rewritten(String newText, int kept, int changed) {
    String old = fold(text);
    String now = fold(newText);
    int[] out = new int[newText.length()];
    Arrays.fill(out, changed);
    int[][] common = commonLengths(old, now);
    int i = 0;
    int j = 0;
    while (i < old.length() && j < now.length()) {
      if (old.charAt(i) == now.charAt(j)) {
        out[j] = kept;
        i++;
        j++;
      } else if (common[i + 1][j] >= common[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    return new AuthoredLine(newText, out);
  }

  private static String fold(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      out.append(Character.toLowerCase(LineText.foldQuote(text.charAt(i))));
    }
    return out.toString();
  }

  private static int[][] commonLengths(String a, String b) {
    int[][] best = new int[a.length() + 1][b.length() + 1];
    for (int i = a.length() - 1; i >= 0; i--) {
      for (int j = b.length() - 1; j >= 0; j--) {
        best[i][j] =
            a.charAt(i) == b.charAt(j)
                ? best[i + 1][j + 1] + 1
                : Math.max(best[i + 1][j], best[i][j + 1]);
      }
    }
    return best;
  }
}
