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
  private MovedFiles() {}

  /** Tells each file where lines of it came from; gives the files that learned something. */
  static Set<ChangedFile> find(List<ChangedFile> files, Writings writings, Thresholds thresholds) {
    Map<String, List<AddedLine>> waiting = Runs.waiting(files);
    Set<ChangedFile> learned = new HashSet<>();
    for (String path : writings.paths()) {
      for (Draft draft : writings.of(List.of(path))) {
        for (List<Pair> run : Runs.of(draft, waiting)) {
          ChangedFile file = run.get(0).added().file;
          if (!file.knows(path)
              && proof(file, run) >= thresholds.movedRun()
              && (nested(path, file.path) || mostlyHere(file, draft))) {
            file.cameFrom(path);
            learned.add(file);
          }
        }
        for (ChangedFile file : files) {
          if (!file.knows(path)
              && nested(path, file.path)
              && inOrder(file, draft) >= thresholds.movedRun()) {
            file.cameFrom(path);
            learned.add(file);
          }
        }
      }
    }
    return learned;
  }

  /** Whether one path is the end of the other: a checkout, a worktree or a draft inside another. */
  static boolean nested(String a, String b) {
    return a.endsWith("/" + b) || b.endsWith("/" + a);
  }

  /**
   * Whether at least half of the draft's distinctive lines, as far as they are not accounted for at
   * their own place, stand in the file: what git asks of a rename.
   */
  private static boolean mostlyHere(ChangedFile file, Draft draft) {
    Set<String> here = new HashSet<>();
    file.lines.stream().filter(AddedLine::free).forEach(line -> here.add(line.text));
    int all = 0;
    int found = 0;
    for (WrittenLine line : draft.lines()) {
      if (line.free() && file.distinctive(line.text)) {
        all++;
        found += here.contains(line.text) ? 1 : 0;
      }
    }
    return 2 * found >= all;
  }

  /** How many distinctive lines new to the tree the two have in common, in the same order. */
  private static int inOrder(ChangedFile file, Draft draft) {
    Map<String, Integer> last = new HashMap<>();
    for (AddedLine line : file.lines) {
      if (line.free()) {
        last.put(line.text, line.number);
      }
    }
    List<Integer> numbers = new ArrayList<>();
    for (WrittenLine line : draft.lines()) {
      Integer number = line.free() ? last.get(line.text) : null;
      if (number != null
          && file.distinctive(line.text)
          && file.commonness().newToTheTree(line.text)) {
        numbers.add(number);
      }
    }
    return Rising.longest(numbers).size();
  }

  private static long proof(ChangedFile file, List<Pair> run) {
    return run.stream()
        .map(pair -> pair.added().text)
        .filter(text -> file.distinctive(text) && file.commonness().newToTheTree(text))
        .count();
  }
}
