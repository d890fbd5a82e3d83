package dev.assay.receiver.attribution;

import org.jspecify.annotations.Nullable;

/** A line that an edit of Claude Code put into a file. It vouches for one added line at most. */
final class WrittenLine {
  final Writing edit;

  /** Where it stood in the edit's file; rises within an edit, with gaps between its hunks. */
  final int position;

  /** Normalised. */
  final String text;

  final boolean effective;

  /** Whether the same edit also removes this line: then it was there before. */
  final boolean alsoRemoved;

  private boolean withdrawn;
  private @Nullable AddedLine vouchesFor;

  WrittenLine(Writing edit, int position, String text, boolean effective, boolean alsoRemoved) {
    this.edit = edit;
    this.position = position;
    this.text = text;
    this.effective = effective;
    this.alsoRemoved = alsoRemoved;
  }

  /** Whether it may vouch for a line and does not yet. */
  boolean free() {
    return effective && !alsoRemoved && !withdrawn && vouchesFor == null;
  }

  boolean withdrawn() {
    return withdrawn;
  }

  /** A later edit removed it again. */
  void withdraw() {
    withdrawn = true;
  }

  @Nullable AddedLine vouchesFor() {
    return vouchesFor;
  }

  void vouchFor(AddedLine line) {
    vouchesFor = line;
  }
}
