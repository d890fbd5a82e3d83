package dev.assay.receiver.attribution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Effective lines in a row that an edit and a file of the change have in common; lines that do not
 * count may stand in between on either side.
 */
final class Runs {
  private Runs() {}

  /** Free lines of some files, by text. */
  static Map<String, List<AddedLine>> waiting(List<ChangedFile> files) {
    Map<String, List<AddedLine>> waiting = new LinkedHashMap<>();
    for (ChangedFile file : files) {
      for (AddedLine line : file.lines) {
        if (line.free()) {
          waiting.computeIfAbsent(line.text, t -> new ArrayList<>()).add(line);
        }
      }
    }
    return waiting;
  }

  /**
   * Every run of an edit, as pairs of no weight; runs may share lines. A line that stands in too
   * many places of the change continues a run but does not begin one.
   */
  static List<List<Pair>> of(Draft draft, Map<String, List<AddedLine>> waiting, Limits limits) {
    List<List<Pair>> all = new ArrayList<>();
    Map<AddedLine, List<Pair>> open = new LinkedHashMap<>();
    int last = Integer.MIN_VALUE;
    for (WrittenLine line : draft.lines()) {
      if (line.position() != last + 1) {
        open = new LinkedHashMap<>();
      }
      last = line.position();
      if (!line.effective) {
        continue;
      }
      Map<AddedLine, List<Pair>> longer = new LinkedHashMap<>();
      if (line.free()) {
        for (Map.Entry<AddedLine, List<Pair>> run : open.entrySet()) {
          AddedLine next = run.getKey().file.nextEffective(run.getKey());
          if (next != null && next.free() && next.text.equals(line.text)) {
            run.getValue().add(pair(next, line));
            longer.put(next, run.getValue());
          }
        }
        List<AddedLine> places = waiting.getOrDefault(line.text, List.of());
        if (!limits.past(Limit.RUN_PLACES, places.size())) {
          for (AddedLine place : places) {
            if (place.free() && !longer.containsKey(place)) {
              List<Pair> run = new ArrayList<>(List.of(pair(place, line)));
              longer.put(place, run);
              all.add(run);
            }
          }
        }
      }
      open = longer;
    }
    return all;
  }

  private static Pair pair(AddedLine added, WrittenLine written) {
    return new Pair(added, written, Strategy.EXACT, 0, 0);
  }
}
