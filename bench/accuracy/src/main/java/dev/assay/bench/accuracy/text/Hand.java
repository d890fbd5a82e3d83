package dev.assay.bench.accuracy.text;

/**
 * One line as somebody wrote it: what a character's author points to.
 *
 * @param author who wrote it
 * @param kind of the segment that it was written for, as the score shows it
 * @param written the line as its author first wrote it
 * @param tweaked the line after a person had changed it, or the same as {@code written}
 * @param partOf for a person's tweak of Claude's line, that line; else the hand itself is not a
 *     part and this is {@link #NONE}
 */
public record Hand(Author author, String kind, String written, String tweaked, int partOf) {
  /** No hand. */
  public static final int NONE = -1;

  /** Who writes. */
  public enum Author {
    /** Stood there before the pull request. */
    BASE,
    /** Put in by a formatter: a comma, a bracket; nobody's. */
    FORMATTER,
    /** A person. */
    PERSON,
    /** Claude Code, in an accepted edit. */
    CLAUDE
  }

  /** How far a person took the line from what was written. */
  double difference() {
    return LineText.difference(written, tweaked);
  }
}
