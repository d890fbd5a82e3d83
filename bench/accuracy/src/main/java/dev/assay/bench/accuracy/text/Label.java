package dev.assay.bench.accuracy.text;

import dev.assay.bench.accuracy.text.Hand.Author;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is true of a line.
 *
 * @param truth whose it is
 * @param kind how it came about, as the score shows it
 * @param reason why it is not judged; empty where it is
 */
public record Label(Truth truth, String kind, String reason) {

  /** Whose a line is. */
  public enum Truth {
    /** Claude Code's. */
    CLAUDE,
    /** A person's, or the base's. */
    HUMAN,
    /** Uncertain by the rules: both answers are right. */
    UNJUDGED,
    /** In a file, or of a length, that never counts. */
    EXCLUDED;

    /** As it stands in truth.jsonl. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Follows the label from the authors of the line's characters. */
  public static Label of(AuthoredLine line, Hands all) {
    Set<Integer> authors = line.authors();
    List<Integer> claudes = of(authors, all, Author.CLAUDE);
    List<Integer> people = of(authors, all, Author.PERSON);
    if (claudes.isEmpty()) {
      return people.isEmpty()
          ? unwritten(authors)
          : new Label(Truth.HUMAN, all.get(people.get(0)).kind(), "");
    }
    String kind = all.get(claudes.get(0)).kind();
    Set<Integer> tweakers =
        people.stream().map(p -> all.get(p).partOf()).collect(Collectors.toSet());
    if (authors.contains(Hands.BASE) || !claudes.containsAll(tweakers)) {
      return new Label(Truth.UNJUDGED, kind, "Claude's and other text on one line");
    }
    Hand first = all.get(claudes.get(0));
    String now = LineText.normalise(line.text());
    if (claudes.size() == 1 && now.equals(LineText.normalise(first.tweaked()))) {
      boolean kept = first.difference() <= 0.2;
      return new Label(kept ? Truth.CLAUDE : Truth.HUMAN, kind, "");
    }
    // A formatter moved the line breaks, or added a character.
    boolean untouched = claudes.stream().allMatch(c -> all.get(c).difference() == 0);
    if (!untouched) {
      return new Label(Truth.UNJUDGED, kind, "changed by a person and by a formatter");
    }
    return new Label(Truth.CLAUDE, reflowed(line, kind, claudes, all), "");
  }

  private static Label unwritten(Set<Integer> authors) {
    return authors.contains(Hands.BASE)
        ? new Label(Truth.HUMAN, "base", "")
        : new Label(Truth.UNJUDGED, "formatter", "a tool wrote it");
  }

  private static String reflowed(AuthoredLine line, String kind, List<Integer> claudes, Hands all) {
    String now = LineText.normalise(line.text());
    List<String> written =
        claudes.stream().map(c -> LineText.normalise(all.get(c).written())).toList();
    if (written.contains(now)) {
      // The edit script took a bracket that two lines share from the other one.
      return kind;
    }
    if (claudes.size() > 1) {
      return kind + "-joined";
    }
    return LineText.near(now, written.get(0)) ? kind + "-near" : kind + "-split";
  }

  private static List<Integer> of(Set<Integer> authors, Hands all, Author author) {
    return authors.stream().filter(a -> all.get(a).author() == author).toList();
  }
}
