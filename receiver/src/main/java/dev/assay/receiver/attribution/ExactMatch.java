package dev.assay.receiver.attribution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds lines that are equal after normalisation. docs/attribution.md, rules S1 and S2. */
final class ExactMatch {
  private static final int WEIGHT = 20;

  /** How many lines before and after a pair are looked at, to tell equal lines apart. */
  private static final int NEIGHBOURS = 2;

  private ExactMatch() {}

  /** Attributes distinctive lines of one file. */
  static List<Pair> take(ChangedFile file, List<Draft> drafts, Limits limits) {
    Map<String, List<AddedLine>> waiting = new HashMap<>();
    for (AddedLine line : file.lines) {
      if (line.free()) {
        waiting.computeIfAbsent(line.text, t -> new ArrayList<>()).add(line);
      }
    }
    List<List<Pair>> pairs = new ArrayList<>();
    for (Draft draft : drafts) {
      List<Pair> ofDraft = pairs(file, draft, waiting, limits);
      if (!ofDraft.isEmpty()) {
        pairs.add(ofDraft);
      }
    }
    return Chains.take(pairs);
  }

  private static List<Pair> pairs(
      ChangedFile file, Draft draft, Map<String, List<AddedLine>> waiting, Limits limits) {
    Map<String, List<WrittenLine>> written = new HashMap<>();
    for (WrittenLine line : draft.lines()) {
      if (line.free() && waiting.containsKey(line.text) && file.distinctive(line.text)) {
        written.computeIfAbsent(line.text, t -> new ArrayList<>()).add(line);
      }
    }
    List<Pair> pairs = new ArrayList<>();
    written.forEach(
        (text, lines) -> {
          List<AddedLine> added = waiting.getOrDefault(text, List.of());
          if (limits.past(Limit.EQUAL_PAIRS, (long) lines.size() * added.size())) {
            // Lines that stand so often have no telling neighbours: the n-th against the n-th.
            for (int i = 0; i < Math.min(lines.size(), added.size()); i++) {
              pairs.add(pair(added.get(i), lines.get(i)));
            }
            return;
          }
          for (WrittenLine line : lines) {
            added.forEach(a -> pairs.add(pair(a, line)));
          }
        });
    return pairs;
  }

  private static Pair pair(AddedLine added, WrittenLine written) {
    int weight = WEIGHT;
    for (int step = -NEIGHBOURS; step <= NEIGHBOURS; step++) {
      AddedLine a = added.file.at(added.number + step);
      WrittenLine w = written.draft.at(written.position() + step);
      if (step != 0 && a != null && w != null && !a.text.isEmpty() && a.text.equals(w.text)) {
        weight++;
      }
    }
    return new Pair(added, written, Strategy.EXACT, 0, weight);
  }
}
