package dev.assay.receiver.attribution;

import dev.assay.proto.line.LineDistance;
import dev.assay.proto.line.NotebookLine;
import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import dev.assay.store.fact.EditFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one session's edits of one file amount to: the lines that it wrote, each where it stood
 * after the session's last edit. Where one edit ends and the next begins is an accident of the
 * tool; for neighbourhood they are one. docs/attribution.md, rule M1.
 */
final class Draft {
  /** Keeps hunks of unknown place apart from each other. */
  private static final int GAP = 1000;

  /** People edit between two edits: a removed line is looked for this far from where it stood. */
  private static final int DRIFT = 3;

  /** A line that an edit removes at a draft line's place is that line if it differs by no more. */
  private static final int CHANGED_PERCENT = 20;

  final String sessionId;
  final String path;
  private final Alphabet alphabet;

  /** By position, without those that the session itself removed again. */
  private List<WrittenLine> lines = new ArrayList<>();

  /** In the order of time; with those that the session itself removed again. */
  final List<WrittenLine> everWritten = new ArrayList<>();

  /** What the session removed that it had not written, as far as its own positions tell. */
  final List<Removal> removals = new ArrayList<>();

  private final Timeline timeline;

  private int lastOfUnknownPlace = 1 << 28;

  Draft(String sessionId, String path, Alphabet alphabet, Timeline timeline) {
    this.sessionId = sessionId;
    this.path = path;
    this.alphabet = alphabet;
    this.timeline = timeline;
  }

  /**
   * A line that an edit removed.
   *
   * @param text normalised
   * @param work the effective lines that stand for the edit having been merged: those that the same
   *     hunk puts there, else all that the edit adds
   */
  record Removal(Draft draft, EditFact edit, String text, List<String> work) {}

  /** The lines that stand, by position. */
  List<WrittenLine> lines() {
    return lines;
  }

  /** The line at this position; null where there is none. */
  @Nullable WrittenLine at(int position) {
    int at = firstFrom(position);
    return at < lines.size() && lines.get(at).position() == position ? lines.get(at) : null;
  }

  /** The lines between two positions, both excluded. */
  List<WrittenLine> between(int from, int to) {
    return lines.subList(firstFrom(from + 1), firstFrom(to));
  }

  /** Applies the session's next edit; what is removed after the merge was merged. */
  void apply(EditFact edit, EditLines editLines, Instant mergedAt) {
    boolean decode = NotebookLine.inEdit(path, edit.tool());
    List<Part> parts = new ArrayList<>();
    WrittenLine.Removed gone = new WrittenLine.Removed(new HashSet<>(), new ArrayList<>());
    Set<String> added = new HashSet<>();
    for (Hunk hunk : editLines.getHunksList()) {
      Part part =
          new Part(
              hunk.getNewStart(),
              compared(hunk.getAddedList(), decode),
              compared(hunk.getRemovedList(), decode));
      parts.add(part);
      part.removed.forEach(
          line -> {
            gone.texts().add(line.text());
            gone.letters().add(line.letters());
          });
      part.added.forEach(line -> added.add(line.text()));
    }
    List<String> allWork =
        parts.stream()
            .flatMap(part -> part.added.stream())
            .filter(ComparedLine::effective)
            .map(ComparedLine::text)
            .filter(text -> !gone.texts().contains(text))
            .toList();
    for (Part part : parts) {
      List<String> work =
          part.added.stream()
              .filter(ComparedLine::effective)
              .map(ComparedLine::text)
              .filter(text -> !gone.texts().contains(text))
              .toList();
      if (!edit.time().isAfter(mergedAt)) {
        for (int i = 0; i < part.removed.size(); i++) {
          ComparedLine line = part.removed.get(i);
          if (line.effective()
              && !added.contains(line.text())
              && !removeNear(part.start + i, part.start, line)) {
            removals.add(new Removal(this, edit, line.text(), work.isEmpty() ? allWork : work));
          }
        }
      }
      put(edit, part, gone);
    }
  }

  /** Where a hunk may stand in the base file; empty where nothing tells. */
  List<Place> places(int hunk) {
    return timeline.places(hunk);
  }

  private record Part(int start, List<ComparedLine> added, List<ComparedLine> removed) {}

  private List<ComparedLine> compared(List<Line> lines, boolean decode) {
    return lines.stream().map(line -> alphabet.written(line, decode)).toList();
  }

  /** Takes away the line of this text at this place or next to it; false where another went too. */
  private boolean removeNear(int position, int start, ComparedLine removed) {
    if (start == 0) {
      return false;
    }
    WrittenLine nearest = null;
    for (int at = firstFrom(position - DRIFT);
        at < lines.size() && lines.get(at).position() <= position + DRIFT;
        at++) {
      WrittenLine line = lines.get(at);
      boolean same =
          line.text.equals(removed.text())
              || (line.position() == position && changedInto(line, removed.letters()));
      if (same
          && (nearest == null
              || Math.abs(line.position() - position) < Math.abs(nearest.position() - position))) {
        nearest = line;
      }
    }
    if (nearest == null) {
      return false;
    }
    nearest.replaceBy(timeline.next());
    lines.remove(nearest);
    return !nearest.alsoRemoved(); // else it only put an older line there anew, which went with it
  }

  /** Whether people may have changed the line into this text before the edit removed it. */
  private static boolean changedInto(WrittenLine line, String letters) {
    return line.effective
        && line.distance().within(new LineDistance(letters), CHANGED_PERCENT) >= 0;
  }

  private void put(EditFact edit, Part part, WrittenLine.Removed gone) {
    int start = part.start;
    if (start > 0) {
      int shift = part.added.size() - part.removed.size();
      for (int at = firstFrom(start); at < lines.size(); at++) {
        WrittenLine line = lines.get(at);
        line.moveTo(Math.max(line.position() + shift, start + part.added.size()));
      }
    } else {
      start = lastOfUnknownPlace + GAP;
      lastOfUnknownPlace = start + part.added.size();
    }
    List<WrittenLine> fresh = new ArrayList<>(part.added.size());
    for (ComparedLine line : part.added) {
      fresh.add(new WrittenLine(this, edit, timeline.next(), start + fresh.size(), line, gone));
    }
    timeline.append(sessionId, part.start, part.added.size(), part.removed.size());
    everWritten.addAll(fresh);
    lines.addAll(firstFrom(start), fresh);
  }

  /** Puts lines that drifted to one place in a row again; call after the last edit. */
  void settle() {
    List<WrittenLine> settled = new ArrayList<>(lines);
    settled.sort(Comparator.comparingInt(WrittenLine::position));
    int next = 0;
    for (WrittenLine line : settled) {
      line.moveTo(Math.max(line.position(), next));
      next = line.position() + 1;
    }
    lines = settled;
  }

  private int firstFrom(int position) {
    int low = 0;
    int high = lines.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (lines.get(middle).position() < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
