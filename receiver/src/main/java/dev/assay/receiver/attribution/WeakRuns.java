package dev.assay.receiver.attribution;

import java.util.Comparator;
import java.util.List;

/**
 * Short and common lines count also where several of them stand in a row, equal and in the same
 * order, in a file for which the same edit has distinctive lines, and in the order of those: the
 * licence at the head of a file that Claude Code wrote. docs/attribution.md, rule C3.
 */
final class WeakRuns {
  private static final Comparator<List<Pair>> LONGEST_FIRST =
      Comparator.<List<Pair>>comparingInt(run -> -run.size())
          .thenComparingInt(run -> run.get(0).written().position())
          .thenComparingInt(run -> run.get(0).added().number);

  private WeakRuns() {}

  static void take(ChangedFile file, List<Draft> drafts, Thresholds thresholds) {
    for (Draft draft : drafts) {
      if (draft.lines().stream().anyMatch(line -> in(file, line))) {
        Runs.of(draft, Runs.waiting(List.of(file))).stream()
            .filter(run -> run.size() >= thresholds.movedRun())
            .sorted(LONGEST_FIRST)
            .filter(run -> run.stream().allMatch(Pair::free) && inOrder(file, draft, run))
            .forEach(run -> run.forEach(Pair::take));
      }
    }
  }

  private static boolean in(ChangedFile file, WrittenLine line) {
    AddedLine by = line.vouchesFor();
    return by != null && by.file == file;
  }

  /**
   * Whether the edit's nearest attributed lines on both sides lie on the same sides in the file.
   */
  private static boolean inOrder(ChangedFile file, Draft draft, List<Pair> run) {
    Pair first = run.get(0);
    Pair last = run.get(run.size() - 1);
    int before = 0;
    int after = Integer.MAX_VALUE;
    for (WrittenLine line : draft.lines()) {
      AddedLine by = line.vouchesFor();
      if (by != null && by.file == file) {
        if (line.position() < first.written().position()) {
          before = by.number;
        } else if (line.position() > last.written().position() && after == Integer.MAX_VALUE) {
          after = by.number;
        }
      }
    }
    return before < first.added().number && last.added().number < after;
  }
}
