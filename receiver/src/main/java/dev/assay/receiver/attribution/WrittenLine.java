package dev.assay.receiver.attribution;

import dev.assay.proto.line.LineDistance;
import dev.assay.store.fact.EditFact;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A line that an edit of Claude Code put into a file. It vouches for one added line at most. */
final class WrittenLine {
  static final int NO_HUNK = -1;

  final Draft draft;
  final EditFact edit;

  /** What it is equal by. */
  final String text;

  /** What its distance to others is measured by. */
  final String letters;

  final boolean effective;

  private final Removed removedByEdit;

  /** Which hunk of the draft's edits it came with; rises with time. */
  final int hunk;

  private int position;
  private boolean withdrawn;
  private int replacedBy = NO_HUNK;
  private @Nullable AddedLine vouchesFor;
  private @Nullable LineDistance distance;

  /**
   * What an edit removes.
   *
   * @param texts what the lines are equal by
   * @param letters of the same lines, in order
   */
  record Removed(Set<String> texts, List<String> letters) {}

  WrittenLine(
      Draft draft,
      EditFact edit,
      int hunk,
      int position,
      ComparedLine line,
      Removed removedByEdit) {
    this.draft = draft;
    this.edit = edit;
    this.hunk = hunk;
    this.position = position;
    this.text = line.text();
    this.letters = line.letters();
    this.effective = line.effective();
    this.removedByEdit = removedByEdit;
  }

  /** Its letters, prepared to be held against others'. */
  LineDistance distance() {
    LineDistance made = distance;
    if (made == null) {
      made = new LineDistance(letters);
      distance = made;
    }
    return made;
  }

  /** Whether the same edit also removes this line: then it was there before. */
  boolean alsoRemoved() {
    return removedByEdit.texts.contains(text);
  }

  /** Whether the same edit removes this text: then it did not come from the edit. */
  boolean replaces(String otherText) {
    return removedByEdit.texts.contains(otherText);
  }

  /** The letters of what the same edit removes, in order. */
  List<String> replacedLetters() {
    return removedByEdit.letters;
  }

  /** Where it stood after the session's last edit of the file; rises within a draft. */
  int position() {
    return position;
  }

  /** Another edit changed what stands above. */
  void moveTo(int position) {
    this.position = position;
  }

  /** Whether it may vouch for a line and does not yet. */
  boolean free() {
    return effective && !alsoRemoved() && !withdrawn && vouchesFor == null;
  }

  /** Whether it would be free, had no later edit removed it. */
  boolean freeButWithdrawn() {
    return effective && !alsoRemoved() && withdrawn && vouchesFor == null;
  }

  boolean withdrawn() {
    return withdrawn;
  }

  /** A later edit removed it again. */
  void withdraw() {
    withdrawn = true;
  }

  /** A later hunk of its own session removed it again, or put others in its place. */
  void replaceBy(int otherHunk) {
    withdrawn = true;
    replacedBy = otherHunk;
  }

  /** The hunk of its own session that removed it; {@link #NO_HUNK} where none did. */
  int replacedBy() {
    return replacedBy;
  }

  @Nullable AddedLine vouchesFor() {
    return vouchesFor;
  }

  void vouchFor(AddedLine line) {
    vouchesFor = line;
  }
}
