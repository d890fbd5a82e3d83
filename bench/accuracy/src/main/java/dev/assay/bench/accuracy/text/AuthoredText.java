package dev.assay.bench.accuracy.text;

import com.github.difflib.algorithm.Change;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file whose characters know their authors.
 *
 * @param lines without line breaks
 * @param newlineAtEnd whether the last line ends with a line break
 */
public record AuthoredText(List<AuthoredLine> lines, boolean newlineAtEnd) {
  public AuthoredText {
    lines = List.copyOf(lines);
  }

  /** The file's text, with LF line breaks. */
  public String text() {
    StringBuilder out = new StringBuilder();
    for (AuthoredLine line : lines) {
      out.append(line.text()).append('\n');
    }
    if (!newlineAtEnd && !lines.isEmpty()) {
      out.setLength(out.length() - 1);
    }
    return out.toString();
  }

  /**
   * The file after a formatter. Characters other than white space keep their authors, found by the
   * shortest edit script between both sequences of them; those that are new are the formatter's; a
   * quote of another style is the same quote.
   */
  public AuthoredText reformatted(String newText) {
    Ink old = Ink.of(this);
    List<String> newLines = split(newText);
    Ink now =
        Ink.of(
            new AuthoredText(
                newLines.stream().map(l -> AuthoredLine.by(Hands.FORMATTER, l)).toList(), true));
    int[] hands = new int[now.chars.size()];
    Arrays.fill(hands, Hands.FORMATTER);
    int from = 0;
    int to = 0;
    for (Change change :
        new MyersDiffWithLinearSpace<Integer>().computeDiff(old.chars, now.chars, null)) {
      while (from < change.startOriginal) {
        hands[to++] = old.hands.get(from++);
      }
      from = change.endOriginal;
      to = change.endRevised;
    }
    while (from < old.chars.size()) {
      hands[to++] = old.hands.get(from++);
    }
    return new AuthoredText(Ink.spread(newLines, hands), newText.endsWith("\n"));
  }

  /** The lines of a text, without line breaks; an empty text has none. */
  public static List<String> split(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> out = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    if (out.get(out.size() - 1).isEmpty()) {
      out.remove(out.size() - 1);
    }
    return out;
  }

  /** The characters of a file that are not white space, in order. */
  private record Ink(List<Integer> chars, List<Integer> hands) {
    static Ink of(AuthoredText text) {
      List<Integer> chars = new ArrayList<>();
      List<Integer> hands = new ArrayList<>();
      for (AuthoredLine line : text.lines) {
        for (int i = 0; i < line.text().length(); i++) {
          if (!LineText.blank(line.text().charAt(i))) {
            chars.add((int) LineText.foldQuote(line.text().charAt(i)));
            hands.add(line.handAt(i));
          }
        }
      }
      return new Ink(chars, hands);
    }

    static List<AuthoredLine> spread(List<String> lines, int[] hands) {
      List<AuthoredLine> out = new ArrayList<>();
      int next = 0;
      for (String line : lines) {
        int[] own = new int[line.length()];
        Arrays.fill(own, Hands.FORMATTER);
        for (int i = 0; i < line.length(); i++) {
          if (!LineText.blank(line.charAt(i))) {
            own[i] = hands[next++];
          }
        }
        out.add(new AuthoredLine(line, own));
      }
      return out;
    }
  }
}
