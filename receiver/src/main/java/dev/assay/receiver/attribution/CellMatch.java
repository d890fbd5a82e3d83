package dev.assay.receiver.attribution;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds cells of a notebook whose whole source is one line of the diff. Such a line counts where
 * Claude Code wrote every effective line of the source, one of them distinctive.
 * docs/attribution.md, rule N4.
 */
final class CellMatch {
  private static final Comparator<WrittenLine> YOUNGEST_FIRST =
      Comparator.<WrittenLine, Instant>comparing(line -> line.edit.time())
          .reversed()
          .thenComparing(line -> line.edit.toolUseId())
          .thenComparingInt(WrittenLine::position);

  private CellMatch() {}

  /** Attributes cells of one file that are still free. */
  static void take(ChangedFile file, List<Draft> drafts) {
    List<AddedLine> cells =
        file.lines.stream().filter(line -> line.free() && !line.cell.isEmpty()).toList();
    if (cells.isEmpty()) {
      return;
    }
    Map<String, Deque<WrittenLine>> written = new HashMap<>();
    drafts.stream()
        .flatMap(draft -> draft.lines().stream())
        .filter(WrittenLine::free)
        .sorted(YOUNGEST_FIRST)
        .forEach(line -> written.computeIfAbsent(line.text, t -> new ArrayDeque<>()).add(line));
    cells.forEach(cell -> take(cell, written));
  }

  private static void take(AddedLine cell, Map<String, Deque<WrittenLine>> written) {
    List<WrittenLine> by = new ArrayList<>();
    WrittenLine proof = null;
    for (String text : cell.cell) {
      WrittenLine line = written.getOrDefault(text, new ArrayDeque<>()).poll();
      if (line == null) {
        break;
      }
      by.add(line);
      if (proof == null && cell.file.distinctive(text)) {
        proof = line;
      }
    }
    if (proof != null && by.size() == cell.cell.size()) {
      new Pair(cell, proof, Strategy.EXACT, 0, 0).take();
      by.forEach(line -> line.vouchFor(cell));
    } else {
      for (int i = by.size() - 1; i >= 0; i--) {
        written.getOrDefault(by.get(i).text, new ArrayDeque<>()).addFirst(by.get(i));
      }
    }
  }
}
