package dev.assay.receiver.attribution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Short and common lines count also where they lie between the same attributed lines in the draft
 * and in the change, and stand there exactly as often in both: then none of them is left over that
 * someone else must have written; and only where another line of their hunk counts. What people
 * dropped of an edit is often its long lines. docs/attribution.md, rule C4.
 */
final class Between {
  private Between() {}

  static void take(ChangedFile file, List<Draft> drafts) {
    for (Draft draft : drafts) {
      Set<Integer> hunks = new HashSet<>();
      List<WrittenLine> anchors = new ArrayList<>();
      List<Integer> numbers = new ArrayList<>();
      for (WrittenLine line : draft.lines()) {
        AddedLine by = line.vouchesFor();
        if (by != null && by.file == file) {
          hunks.add(line.hunk);
          anchors.add(line);
          numbers.add(by.number);
        }
      }
      int position = 0;
      int number = 0;
      for (int index : Rising.longest(numbers)) {
        pair(
            file,
            draft,
            hunks,
            position,
            anchors.get(index).position(),
            number,
            numbers.get(index));
        position = anchors.get(index).position();
        number = numbers.get(index);
      }
      if (position > 0) {
        int last = file.lines.get(file.lines.size() - 1).number;
        pair(file, draft, hunks, position, Integer.MAX_VALUE, number, last + 1);
      }
    }
  }

  /** Bounds are exclusive. */
  private static void pair(
      ChangedFile file,
      Draft draft,
      Set<Integer> hunks,
      int fromPosition,
      int toPosition,
      int from,
      int to) {
    Map<String, List<WrittenLine>> written = new LinkedHashMap<>();
    for (WrittenLine line : draft.between(fromPosition, toPosition)) {
      if (line.free() && hunks.contains(line.hunk)) {
        written.computeIfAbsent(line.text, t -> new ArrayList<>()).add(line);
      }
    }
    if (written.isEmpty()) {
      return;
    }
    Map<String, List<AddedLine>> added = new LinkedHashMap<>();
    for (AddedLine line : file.between(from, to)) {
      if (line.free() && written.containsKey(line.text)) {
        added.computeIfAbsent(line.text, t -> new ArrayList<>()).add(line);
      }
    }
    added.forEach(
        (text, lines) -> {
          List<WrittenLine> by = written.getOrDefault(text, List.of());
          if (by.size() == lines.size()) {
            for (int i = 0; i < lines.size(); i++) {
              take(lines.get(i), by.get(i));
            }
          } else if (toPosition < Integer.MAX_VALUE && fromPosition > 0) {
            byPlace(lines, by, from - fromPosition, to - toPosition);
          }
        });
  }

  /**
   * Where they do not stand equally often, the place decides. Whatever people inserted between the
   * two attributed lines moved a line by no less than the one and no more than the other of them; a
   * line that may be only one of the written ones, and that only it, is it.
   */
  private static void byPlace(
      List<AddedLine> added, List<WrittenLine> written, int shiftBefore, int shiftAfter) {
    int least = Math.min(shiftBefore, shiftAfter);
    int most = Math.max(shiftBefore, shiftAfter);
    Map<WrittenLine, AddedLine> found = new LinkedHashMap<>();
    Map<AddedLine, Integer> claims = new HashMap<>();
    for (WrittenLine line : written) {
      int earliest = line.position() + least;
      int latest = line.position() + most;
      List<AddedLine> there =
          added.stream().filter(a -> a.number >= earliest && a.number <= latest).toList();
      there.forEach(a -> claims.merge(a, 1, Integer::sum));
      if (there.size() == 1) {
        found.put(line, there.get(0));
      }
    }
    found.forEach(
        (line, place) -> {
          if (claims.getOrDefault(place, 0) == 1) {
            take(place, line);
          }
        });
  }

  private static void take(AddedLine added, WrittenLine written) {
    new Pair(added, written, Strategy.EXACT, 0, 0).take();
  }
}
