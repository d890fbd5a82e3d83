package dev.assay.receiver.attribution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds files whose lines stand in another file of the change, because the file was moved before it
 * was committed or its lines were moved within the change. From then on every strategy applies
 * between the two. docs/attribution.md, rules F3 and F4.
 */
final class MovedFiles {
  private final List<ChangedFile> files;
  private final Set<String> changedPaths;
  private final BaseTree base;
  private final Writings writings;
  private final Thresholds thresholds;
  private final Limits limits;

  MovedFiles(
      List<ChangedFile> files,
      ChangeDiff diff,
      BaseTree base,
      Writings writings,
      Thresholds thresholds,
      Limits limits) {
    this.files = files;
    this.changedPaths =
        diff.files().stream().map(ChangeDiff.FileDiff::path).collect(Collectors.toSet());
    this.base = base;
    this.writings = writings;
    this.thresholds = thresholds;
    this.limits = limits;
  }

  /** Tells each file which edited paths are nested with its own; gives those that learned one. */
  List<ChangedFile> nested() {
    Set<ChangedFile> learned = new HashSet<>();
    for (String path : writings.paths()) {
      for (Draft draft : writings.of(List.of(path))) {
        for (ChangedFile file : files) {
          if (!file.knows(path)
              && nested(path, file.path)
              && (namesakes(path, file.path) || shared(file, draft) >= 1)
              && !base.committed(path)) {
            file.cameFrom(path);
            learned.add(file);
          }
        }
      }
    }
    return inOrder(learned);
  }

  /** Tells each file in which others its lines stand in a row; gives those that learned one. */
  List<ChangedFile> inARow() {
    Set<ChangedFile> learned = new HashSet<>();
    Map<String, List<AddedLine>> waiting = Runs.waiting(files);
    for (String path : writings.paths()) {
      for (Draft draft : writings.of(List.of(path))) {
        for (List<Pair> run : Runs.of(draft, waiting, limits)) {
          ChangedFile file = run.get(0).added().file;
          if (!file.knows(path)
              && proof(file, run) >= thresholds.movedRun()
              && mostlyHere(file, draft)
              && (changedPaths.contains(path) || !base.committed(path))) {
            file.cameFrom(path);
            learned.add(file);
          }
        }
      }
    }
    return inOrder(learned);
  }

  private List<ChangedFile> inOrder(Set<ChangedFile> some) {
    return files.stream().filter(some::contains).toList();
  }

  /** Whether one path is the end of the other: a checkout, a worktree or a draft inside another. */
  static boolean nested(String a, String b) {
    return a.endsWith("/" + b) || b.endsWith("/" + a);
  }

  /** Whether one is nested in the other, and the shorter one has a folder of its own. */
  static boolean namesakes(String a, String b) {
    return nested(a, b) && (a.length() < b.length() ? a : b).contains("/");
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
  private static int shared(ChangedFile file, Draft draft) {
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
