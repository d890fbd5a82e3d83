package dev.assay.receiver.attribution;

import java.util.Locale;

/** Why a line is not attributed. docs/attribution.md, rule V2. */
public enum Reason {
  /** The file is left out: lock file, build output, fixture, generated code. */
  EXCLUDED_FILE,
  /** The raw line is longer than the limit. */
  TOO_LONG,
  /** Too little remains after normalisation. */
  TRIVIAL,
  /** Claude Code wrote this line, but it is short, and no line beside it is the same edit's. */
  TOO_SHORT,
  /** Claude Code wrote this line, but it is common, and no line beside it is the same edit's. */
  TOO_COMMON,
  /** Claude Code wrote this line, and a later edit removed it again. */
  REMOVED_AGAIN,
  /** Claude Code wrote this line, but less often than the change adds it. */
  WRITTEN_LESS_OFTEN,
  /** An edit has this line both as removed and as added: it was there before. */
  ONLY_MOVED_BY_EDIT,
  /** Only edits outside the window have this line. */
  OUTSIDE_WINDOW,
  /** The lines of an edit of this file are not known: withheld, cut or expired. */
  LINES_UNKNOWN,
  /** Edits of this file are there; none of their lines is at most 20% different. */
  TOO_DIFFERENT,
  /** No edit of this file is there. */
  NO_CANDIDATE;

  /** The words that a verdict carries. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
