package dev.assay.receiver.attribution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A removal that was undone. Where a run of at least three effective lines, one of them
 * distinctive, stands in the change as one hunk wrote it, nobody typed it again: the lines that a
 * later edit had removed from it were brought back (by a rewind, by git), and vouch again.
 * docs/attribution.md, rule B3.
 */
final class Restored {
  private static final Comparator<List<Pair>> LONGEST_FIRST =
      Comparator.<List<Pair>>comparingInt(run -> -run.size())
          .thenComparing(run -> run.get(0).written().edit.time(), Comparator.reverseOrder())
          .thenComparing(run -> run.get(0).written().edit.toolUseId())
          .thenComparingInt(run -> run.get(0).written().hunk)
          .thenComparingInt(run -> run.get(0).added().number);

  private final ChangedFile file;
  private final Map<String, List<AddedLine>> places = new LinkedHashMap<>();
  private final List<List<Pair>> runs = new ArrayList<>();

  private Restored(ChangedFile file) {
    this.file = file;
    for (AddedLine line : file.lines) {
      if (line.effective && line.gate == null) {
        places.computeIfAbsent(line.text, t -> new ArrayList<>()).add(line);
      }
    }
  }

  static void take(ChangedFile file, List<Draft> drafts, Thresholds thresholds) {
    List<Draft> withRemovals =
        drafts.stream()
            .filter(draft -> draft.everWritten.stream().anyMatch(WrittenLine::freeButWithdrawn))
            .toList();
    if (withRemovals.isEmpty() || file.lines.stream().noneMatch(AddedLine::free)) {
      return;
    }
    Restored restored = new Restored(file);
    withRemovals.forEach(restored::findRuns);
    restored.runs.stream()
        .filter(run -> run.size() >= thresholds.movedRun() && restored.proves(run))
        .sorted(LONGEST_FIRST)
        .filter(run -> run.stream().allMatch(Restored::agrees))
        .forEach(
            run ->
                run.stream().filter(pair -> pair.written().freeButWithdrawn()).forEach(Pair::take));
  }

  private void findRuns(Draft draft) {
    Map<AddedLine, List<Pair>> open = new LinkedHashMap<>();
    int hunk = -1;
    for (WrittenLine line : draft.everWritten) {
      if (line.hunk != hunk) {
        open = new LinkedHashMap<>();
        hunk = line.hunk;
      }
      if (!line.effective) {
        continue;
      }
      Map<AddedLine, List<Pair>> longer = new LinkedHashMap<>();
      for (AddedLine place : places.getOrDefault(line.text, List.of())) {
        Pair pair = new Pair(place, line, Strategy.EXACT, 0, 0);
        if (agrees(pair)) {
          longer.put(place, new ArrayList<>(List.of(pair)));
        }
      }
      for (Map.Entry<AddedLine, List<Pair>> run : open.entrySet()) {
        AddedLine next = run.getKey().file.nextEffective(run.getKey());
        List<Pair> begun = next == null ? null : longer.get(next);
        if (next != null && begun != null) {
          run.getValue().addAll(begun);
          longer.put(next, run.getValue());
          runs.remove(begun);
        }
      }
      longer.values().stream().filter(run -> run.size() == 1).forEach(runs::add);
      open = longer;
    }
  }

  /** Whether a line stands as its edit wrote it: attributed by it, or waiting for it. */
  private static boolean agrees(Pair pair) {
    WrittenLine written = pair.written();
    AddedLine.Match match = pair.added().match();
    return match == null
        ? pair.added().free() && written.freeButWithdrawn()
        : match.by() == written;
  }

  private boolean proves(List<Pair> run) {
    return run.stream().anyMatch(pair -> file.distinctive(pair.added().text));
  }
}
