package dev.assay.receiver.attribution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds files whose lines stand in another file of the change: a run of at least three distinctive
 * lines of one edit, equal and in the same order, that the base tree does not have. From then on
 * every strategy applies between the two. docs/attribution.md, rule F3.
 */
final class MovedFiles {
  private static final int BREAK = 1000;

  /** Lines that stand more often than this in the change begin no run. */
  private static final int LIMIT_PLACES = 64;

  private final Writings writings;
  private final int runLines;
  private final Map<String, List<AddedLine>> waiting = new HashMap<>();

  /** Numbers the effective lines of the change; a step of one means: the next effective line. */
  private final Map<AddedLine, Integer> ordinals = new HashMap<>();

  MovedFiles(List<ChangedFile> files, Writings writings, Thresholds thresholds) {
    this.writings = writings;
    this.runLines = thresholds.movedRun();
    int ordinal = 0;
    for (ChangedFile file : files) {
      ordinal += BREAK;
      int last = 0;
      for (AddedLine line : file.lines) {
        ordinal += line.number == last + 1 ? 0 : BREAK;
        last = line.number;
        if (line.effective) {
          ordinals.put(line, ++ordinal);
          if (line.free()) {
            waiting.computeIfAbsent(line.text, t -> new ArrayList<>()).add(line);
          }
        }
      }
    }
  }

  /** Tells each file where lines of it came from; gives the files that learned something. */
  Set<ChangedFile> find() {
    Set<ChangedFile> learned = new HashSet<>();
    for (String path : writings.paths()) {
      for (Writing edit : writings.of(path)) {
        for (ChangedFile file : filesWithRunsOf(edit)) {
          file.cameFrom(path);
          learned.add(file);
        }
      }
    }
    return learned;
  }

  private Set<ChangedFile> filesWithRunsOf(Writing edit) {
    Set<ChangedFile> found = new HashSet<>();
    Map<Integer, Integer> runs =
        new HashMap<>(); // ordinal of an added line -> distinctive lines so far
    int last = Integer.MIN_VALUE;
    for (WrittenLine line : edit.lines) {
      boolean next = line.position == last + 1;
      last = line.position;
      if (!next) {
        runs = new HashMap<>();
      }
      if (!line.effective) {
        continue;
      }
      Map<Integer, Integer> longer = new HashMap<>();
      List<AddedLine> places = line.free() ? waiting.getOrDefault(line.text, List.of()) : List.of();
      if (places.size() <= LIMIT_PLACES) {
        for (AddedLine place : places) {
          if (place.file.knows(edit.path)) {
            continue;
          }
          int ordinal = ordinals.getOrDefault(place, 0);
          boolean counts =
              place.file.distinctive(place.text)
                  && place.file.commonness().newToTheTree(place.text);
          int run = runs.getOrDefault(ordinal - 1, 0) + (counts ? 1 : 0);
          longer.put(ordinal, run);
          if (run >= runLines) {
            found.add(place.file);
          }
        }
      }
      runs = longer;
    }
    return found;
  }
}
