package dev.assay.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.receiver.attribution.ChangeDiff.DiffLine;
import dev.assay.receiver.attribution.ChangeDiff.FileDiff;
import dev.assay.store.fact.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lays one file's removed, added and unchanged lines out in the order in which a diff is read, with
 * the verdict beside each added line.
 *
 * <p>A diff's lines tell their own numbers only. What lies between them is unchanged, so the two
 * numberings advance together there, and that puts removed and added lines in order.
 */
final class DiffRows {
  /** Unchanged lines shown before and after each change. */
  static final int CONTEXT_LINES = 3;

  /** Characters of one line that are shown. */
  static final int MAX_TEXT_CHARS = 2_000;

  private final Map<Integer, Verdict> verdicts;
  private final List<String> text;
  private final List<Row> rows = new ArrayList<>();

  private DiffRows(Map<Integer, Verdict> verdicts, List<String> text) {
    this.verdicts = verdicts;
    this.text = text;
  }

  /**
   * @param verdicts of this file, by line
   * @param text the file after the change; where there is none, unchanged lines are shown as gaps
   */
  static List<Row> of(FileDiff file, Map<Integer, Verdict> verdicts, Optional<List<String>> text) {
    DiffRows rows = new DiffRows(verdicts, text.orElse(List.of()));
    rows.interleave(new ArrayDeque<>(file.removed()), new ArrayDeque<>(file.added()));
    return rows.rows;
  }

  /** Where there is no text at all: the verdicts alone, by line. */
  static List<Row> withoutText(List<Verdict> verdicts) {
    List<Row> rows = new ArrayList<>();
    int next = 1;
    for (Verdict verdict : verdicts) {
      if (verdict.line() > next) {
        rows.add(Row.gap(next, verdict.line() - next));
      }
      rows.add(Row.added(verdict.line(), null, verdict));
      next = verdict.line() + 1;
    }
    return rows;
  }

  private void interleave(Deque<DiffLine> removed, Deque<DiffLine> added) {
    int oldLine = 1;
    int newLine = 1;
    boolean first = true;
    while (!removed.isEmpty() || !added.isEmpty()) {
      int distance =
          Math.min(
              removed.isEmpty() ? Integer.MAX_VALUE : removed.getFirst().number() - oldLine,
              added.isEmpty() ? Integer.MAX_VALUE : added.getFirst().number() - newLine);
      unchanged(oldLine, newLine, Math.max(distance, 0), first ? 0 : CONTEXT_LINES, CONTEXT_LINES);
      oldLine += Math.max(distance, 0);
      newLine += Math.max(distance, 0);
      first = false;
      while (!removed.isEmpty() && removed.getFirst().number() <= oldLine) {
        DiffLine line = removed.removeFirst();
        rows.add(Row.removed(line.number(), shown(line.text())));
        oldLine++;
      }
      while (!added.isEmpty() && added.getFirst().number() <= newLine) {
        DiffLine line = added.removeFirst();
        rows.add(Row.added(line.number(), shown(line.text()), verdicts.get(line.number())));
        newLine++;
      }
    }
    unchanged(oldLine, newLine, Math.max(text.size() - newLine + 1, 0), CONTEXT_LINES, 0);
  }

  /** Shows the ends of a run of unchanged lines, and leaves out its middle. */
  private void unchanged(int oldLine, int newLine, int count, int head, int tail) {
    boolean haveText = newLine + count - 1 <= text.size();
    int shownHead = haveText ? Math.min(head, count) : 0;
    int shownTail = haveText ? Math.min(tail, count - shownHead) : 0;
    for (int i = 0; i < shownHead; i++) {
      rows.add(Row.context(oldLine + i, newLine + i, shown(text.get(newLine + i - 1))));
    }
    int hidden = count - shownHead - shownTail;
    if (hidden > 0) {
      rows.add(Row.gap(newLine + shownHead, hidden));
    }
    for (int i = count - shownTail; i < count; i++) {
      rows.add(Row.context(oldLine + i, newLine + i, shown(text.get(newLine + i - 1))));
    }
  }

  private static String shown(String line) {
    return line.length() <= MAX_TEXT_CHARS ? line : line.substring(0, MAX_TEXT_CHARS) + " ...";
  }

  /**
   * A row of the shown diff.
   *
   * @param kind {@code added}, {@code removed}, {@code context}, or {@code gap}: unchanged lines
   *     that are left out
   * @param oldLine 1-based, before the change
   * @param line 1-based, after the change; for a gap its first
   * @param count how many lines a gap leaves out
   * @param effective whether an added line counts at all
   * @param assisted whether Claude Code wrote an added line
   * @param edit the tool use that vouches for it
   * @param difference share of the line that differs from what Claude Code wrote
   * @param reason why it is not assisted
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Row(
      String kind,
      @Nullable Integer oldLine,
      @Nullable Integer line,
      @Nullable Integer count,
      @Nullable String text,
      @Nullable Boolean effective,
      @Nullable Boolean assisted,
      @Nullable String strategy,
      @Nullable String session,
      @Nullable String edit,
      @Nullable Double difference,
      @Nullable String reason) {

    static Row context(int oldLine, int line, String text) {
      return plain("context", oldLine, line, null, text);
    }

    static Row removed(int oldLine, String text) {
      return plain("removed", oldLine, null, null, text);
    }

    static Row gap(int line, int count) {
      return plain("gap", null, line, count, null);
    }

    static Row added(int line, @Nullable String text, @Nullable Verdict verdict) {
      if (verdict == null) {
        return plain("added", null, line, null, text);
      }
      return new Row(
          "added",
          null,
          line,
          null,
          text,
          verdict.effective(),
          verdict.assisted(),
          verdict.strategy(),
          verdict.sessionId(),
          verdict.toolUseId(),
          verdict.assisted() ? verdict.difference() : null,
          verdict.reason());
    }

    private static Row plain(
        String kind,
        @Nullable Integer oldLine,
        @Nullable Integer line,
        @Nullable Integer count,
        @Nullable String text) {
      return new Row(kind, oldLine, line, count, text, null, null, null, null, null, null, null);
    }
  }
}
