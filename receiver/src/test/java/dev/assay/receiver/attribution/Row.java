package dev.assay.receiver.attribution;

import org.jspecify.annotations.Nullable;

/**
 * A line of a file of a {@link History}, and what became of it.
 *
 * @param origin where Claude Code wrote it; null for people's lines
 * @param glued whether the next line was made of the same text by a formatter, so that nobody puts
 *     or takes lines between the two
 * @param moved whether people moved it away from the place at which it was written
 * @param merged whether it stands in the base of the change that is being made
 */
record Row(
    String text,
    Writer writer,
    @Nullable Origin origin,
    State state,
    boolean glued,
    boolean moved,
    boolean merged) {
  /** Who wrote a line. */
  enum Writer {
    BASE,
    PERSON,
    CLAUDE
  }

  /** What others did to a line since. */
  enum State {
    WRITTEN,
    RESTYLED,
    TOUCHED,
    SPLIT,
    JOINED,
    REWRAPPED
  }

  /**
   * Where Claude Code wrote a line.
   *
   * @param edit the number of the edit
   * @param line the number of the line in the edit
   */
  record Origin(String session, String path, int edit, int line) {
    /** Whether another line was written directly below this one. */
    boolean above(@Nullable Origin other) {
      return other != null && edit == other.edit && line + 1 == other.line;
    }
  }

  static Row base(String text) {
    return new Row(text, Writer.BASE, null, State.WRITTEN, false, false, true);
  }

  static Row people(String text) {
    return new Row(text, Writer.PERSON, null, State.WRITTEN, false, false, false);
  }

  static Row claude(String text, Origin origin) {
    return new Row(text, Writer.CLAUDE, origin, State.WRITTEN, false, false, false);
  }

  boolean claudes() {
    return writer == Writer.CLAUDE;
  }

  /** Whether nobody changed its text. */
  boolean untouched() {
    return state == State.WRITTEN;
  }

  Row as(State next, String newText, boolean gluedToNext) {
    return new Row(newText, writer, origin, next, gluedToNext, moved, merged);
  }

  Row elsewhere() {
    return new Row(text, writer, origin, state, glued, true, merged);
  }

  Row inTheBase() {
    return new Row(text, writer, origin, state, glued, moved, true);
  }

  @Override
  public String toString() {
    String by = origin == null ? writer.name() : origin.session() + "/" + origin.edit();
    return by
        + " "
        + state
        + (moved ? " moved" : "")
        + (merged ? " merged" : "")
        + " ["
        + text
        + "]";
  }

  /** The text as people compare it: {@code NormalisedLine} has its own tests. */
  String key() {
    return key(text);
  }

  static String key(String text) {
    return dev.assay.proto.line.NormalisedLine.of(text).text();
  }
}
