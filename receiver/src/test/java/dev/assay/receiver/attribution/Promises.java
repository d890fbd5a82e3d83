package dev.assay.receiver.attribution;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Of which lines of Claude's the rules promise that they are attributed. It looks at what happened
 * (a {@link History}), not at how attribution finds out; docs/attribution.md is what it repeats.
 */
final class Promises {
  /**
   * Further from each other no two lines lie beside the same one: rule C2, on both of its sides.
   */
  private static final int AROUND = 8;

  private final History history;
  private final Squash squash;

  /** The indexes of the lines that each file's diff added. */
  private final Map<String, Set<Integer>> added = new HashMap<>();

  /** Files, and paths at which their lines were written, as {@link MovedBlock} finds. */
  private final Map<String, Boolean> moved = new HashMap<>();

  Promises(History history, Squash squash) {
    this.history = history;
    this.squash = squash;
    for (ChangeDiff.FileDiff file : squash.diff.files()) {
      Set<Integer> numbers = added.computeIfAbsent(file.path(), p -> new HashSet<>());
      file.added().forEach(line -> numbers.add(line.number() - 1));
    }
  }

  boolean weak(WorkingFile file, String text) {
    String path = file.basePath;
    return Words.isWeak(text)
        || (path != null && squash.base.timesIn(path, Row.key(text)) >= 2)
        || squash.base.filesWith(Row.key(text)) >= 3;
  }

  /** Whether the rules promise that the file's added line with this index is attributed. */
  boolean attributed(WorkingFile file, int at) {
    Row row = file.rows.get(at);
    Row.Origin origin = row.origin();
    if (origin == null || !isAdded(file, at)) {
      return false;
    }
    return (ownPath(file, origin.path()) || movedFrom(file, origin)) && whereItIs(file, at, row);
  }

  private boolean whereItIs(WorkingFile file, int at, Row row) {
    Row.Origin origin = row.origin();
    if (origin == null) {
      return false;
    }
    if (weak(file, row.text())) { // C2
      return row.untouched()
          && inOneRow(origin)
          && onlyOneAround(file, at)
          && (anchors(file, at - 1, row, true) || anchors(file, at + 1, row, false));
    }
    return switch (row.state()) {
      case WRITTEN, RESTYLED, TOUCHED -> true; // S1, S2, S3
      case SPLIT, JOINED -> // S4
          !row.merged() && !row.moved() && inOneRow(origin) && hasSibling(file, origin);
      case REWRAPPED -> // S4: several lines became several others, beside an attributed one
          !row.merged()
              && !row.moved()
              && inOneRow(origin)
              && anchors(file, endOfBlock(file, at), row, false)
              && isKnown(file, origin);
    };
  }

  boolean inOneRow(Row.Origin origin) {
    return history.files.stream().allMatch(file -> file.inOneRow(origin));
  }

  /**
   * Whether no equal line is so near that it, too, may lie beside a line of the same edit: anywhere
   * in the file, where people moved lines of that edit.
   */
  private static boolean onlyOneAround(WorkingFile file, int at) {
    Row.Origin origin = file.rows.get(at).origin();
    boolean moved = file.rows.stream().anyMatch(row -> row.moved() && ofOneEdit(row, origin));
    String key = Words.family(file.rows.get(at).text());
    int around = moved ? file.rows.size() : AROUND;
    int from = Math.max(0, at - around);
    return file.rows.subList(from, Math.min(file.rows.size(), at + around + 1)).stream()
            .filter(row -> Words.family(row.text()).equals(key))
            .count()
        == 1;
  }

  private static boolean ofOneEdit(Row row, Row.@Nullable Origin origin) {
    Row.Origin its = row.origin();
    return origin != null && its != null && its.edit() == origin.edit();
  }

  /** Whether the file has another line of the edit, which is attributed in any case. */
  private boolean hasSibling(WorkingFile file, Row.Origin origin) {
    for (int at = 0; at < file.rows.size(); at++) {
      Row row = file.rows.get(at);
      if (ofOneEdit(row, origin)
          && row.untouched()
          && isAdded(file, at)
          && !weak(file, row.text())
          && unique(row)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether so many lines of the draft are attributed in any case that its place may be unknown.
   */
  private boolean isKnown(WorkingFile file, Row.Origin origin) {
    int known = 0;
    for (int at = 0; at < file.rows.size(); at++) {
      Row row = file.rows.get(at);
      Row.Origin other = row.origin();
      boolean ofTheDraft =
          other != null
              && other.session().equals(origin.session())
              && other.path().equals(origin.path());
      if (ofTheDraft
          && row.untouched()
          && isAdded(file, at)
          && !weak(file, row.text())
          && unique(row)) {
        known++;
      }
    }
    return known >= 3;
  }

  private static int endOfBlock(WorkingFile file, int at) {
    int end = at;
    while (file.rows.get(end).glued()) {
      end++;
    }
    return end + 1;
  }

  /** Whether there stands a distinctive line of the same edit, next to it as it was written. */
  private boolean anchors(WorkingFile file, int at, Row row, boolean above) {
    Row anchor = at < 0 || at >= file.rows.size() ? null : file.rows.get(at);
    Row.Origin origin = row.origin();
    if (anchor == null || origin == null || !isAdded(file, at)) {
      return false;
    }
    Row.Origin other = anchor.origin();
    boolean next =
        row.untouched()
            ? (above ? isAbove(other, origin) : origin.above(other))
            : ofOneEdit(anchor, origin);
    return next
        && anchor.untouched()
        && anchor.moved() == row.moved()
        && !weak(file, anchor.text())
        && unique(anchor);
  }

  private static boolean isAbove(Row.@Nullable Origin one, Row.Origin two) {
    return one != null && one.above(two);
  }

  /** Whether no other line can stand for it. */
  boolean unique(Row row) {
    return history.books.written(row.text()) == 1 && !history.books.isCopied(row.text());
  }

  boolean isInTheChange(String path) {
    return added.containsKey(path);
  }

  boolean isAdded(WorkingFile file, int at) {
    return added.getOrDefault(file.path, Set.of()).contains(at);
  }

  /** F1, F2. */
  static boolean ownPath(WorkingFile file, String path) {
    return path.equals(file.path) || (path.equals(file.basePath) && file.recognised());
  }

  /** F3, for the lines that one session wrote at a path. */
  private boolean movedFrom(WorkingFile file, Row.Origin origin) {
    return moved.computeIfAbsent(
        file.path + " " + origin.session() + " " + origin.path(),
        k -> new MovedBlock(this, history, squash, origin).isIn(file));
  }

  /** The lines of a text that Claude wrote and that stand in the change's files, added or not. */
  static long standing(List<WorkingFile> files, String text) {
    String key = Words.family(text);
    return files.stream()
        .flatMap(file -> file.rows.stream())
        .filter(row -> row.claudes() && Words.family(row.text()).equals(key))
        .count();
  }
}
