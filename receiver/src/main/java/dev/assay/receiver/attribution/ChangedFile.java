package dev.assay.receiver.attribution;

import dev.assay.proto.line.NotebookLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A file of the change: its added lines, ready to be matched. */
final class ChangedFile {
  final String path;

  /** Its path in the base tree. */
  final String basePath;

  final List<AddedLine> lines;
  private final Set<String> paths = new TreeSet<>();
  private final @Nullable AddedLine[] byNumber;
  private final Commonness commonness;
  private final List<ChangeDiff.DiffLine> removed;
  private final Alphabet alphabet;
  private final boolean notebook;
  private final int limitChars;

  private ChangedFile(ChangeDiff.FileDiff diff, Rules rules, BaseTree base, Alphabet alphabet) {
    path = diff.path();
    basePath = diff.oldPath() == null ? diff.path() : diff.oldPath();
    paths.add(path);
    paths.add(basePath);
    commonness = new Commonness(basePath, base, rules.thresholds());
    removed = diff.removed();
    this.alphabet = alphabet;
    boolean excluded = rules.exclusions().excludes(path, diff.firstLines());
    notebook = NotebookLine.inNotebook(path);
    limitChars = rules.thresholds().limitChars();
    List<AddedLine> all = new ArrayList<>(diff.added().size());
    List<Place> places = Place.of(diff.added(), diff.removed());
    for (ChangeDiff.DiffLine line : diff.added()) {
      ComparedLine compared = compared(line.text());
      boolean tooLong = line.text().length() > limitChars;
      boolean effective = !tooLong && compared.effective();
      Reason gate =
          excluded
              ? Reason.EXCLUDED_FILE
              : tooLong ? Reason.TOO_LONG : effective ? null : Reason.TRIVIAL;
      List<String> cell =
          notebook && gate == null
              ? NotebookLine.source(line.text()).stream()
                  .map(text -> alphabet.added(text).text())
                  .toList()
              : List.<String>of();
      Place place = places.get(all.size());
      all.add(
          new AddedLine(this, line.number(), compared, cell, effective && !excluded, gate, place));
    }
    lines = List.copyOf(all);
    byNumber = new AddedLine[lines.stream().mapToInt(l -> l.number).max().orElse(0) + 1];
    lines.forEach(line -> byNumber[line.number] = line);
  }

  private ComparedLine compared(String text) {
    return alphabet.added(notebook ? NotebookLine.decoded(text) : text);
  }

  static ChangedFile of(ChangeDiff.FileDiff diff, Rules rules, BaseTree base, Alphabet alphabet) {
    return new ChangedFile(diff, rules, base, alphabet);
  }

  /** Whether an edit of this path may vouch for this file's lines. */
  boolean knows(String editPath) {
    return paths.contains(editPath);
  }

  /** Every path whose edits may vouch for this file's lines, sorted. */
  Set<String> paths() {
    return paths;
  }

  /** Lines of another file were found here in a row: from now on its edits may vouch. */
  void cameFrom(String otherPath) {
    paths.add(otherPath);
  }

  /** Whether the path is this file's own, before or after the change. */
  boolean own(String editPath) {
    return editPath.equals(path) || editPath.equals(basePath);
  }

  /** The added line with this number; null where that line is not added. */
  @Nullable AddedLine at(int number) {
    return number > 0 && number < byNumber.length ? byNumber[number] : null;
  }

  /** The added lines between two numbers, both excluded. */
  List<AddedLine> between(int from, int to) {
    List<AddedLine> found = new ArrayList<>();
    for (int number = from + 1; number < Math.min(to, byNumber.length); number++) {
      AddedLine line = byNumber[number];
      if (line != null) {
        found.add(line);
      }
    }
    return found;
  }

  /** The added lines that were put at a place of the base file. */
  List<AddedLine> at(Place place, int slack) {
    int from = 0;
    int high = lines.size();
    while (from < high) {
      int middle = (from + high) >>> 1;
      if (lines.get(middle).place.last() < place.after() - slack) {
        from = middle + 1;
      } else {
        high = middle;
      }
    }
    int to = from;
    while (to < lines.size() && lines.get(to).place.after() - slack <= place.last()) {
      to++;
    }
    return lines.subList(from, to);
  }

  /** The letters of the removed lines, those in a row together; without those that are too long. */
  List<List<String>> removedRows() {
    List<List<String>> rows = new ArrayList<>();
    int last = 0;
    for (ChangeDiff.DiffLine line : removed) {
      if (line.text().length() > limitChars) {
        continue;
      }
      if (rows.isEmpty() || line.number() != last + 1) {
        rows.add(new ArrayList<>());
      }
      rows.get(rows.size() - 1).add(compared(line.text()).letters());
      last = line.number();
    }
    return rows;
  }

  /** The effective line that follows, where only added lines that do not count lie in between. */
  @Nullable AddedLine nextEffective(AddedLine line) {
    AddedLine next = at(line.number + 1);
    while (next != null && !next.effective) {
      next = at(next.number + 1);
    }
    return next;
  }

  /** Whether a line proves something alone, in this file. */
  boolean distinctive(String text) {
    return commonness.distinctive(text);
  }

  Commonness commonness() {
    return commonness;
  }
}
