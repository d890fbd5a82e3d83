package dev.assay.receiver.attribution;

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
          if (!file.knows(path) && proof(file, run) >= thresholds.movedRun()) {
            file.cameFrom(path);
            learned.add(file);
          }
        }
      }
    }
    return learned;
  }

  private static long proof(ChangedFile file, List<Pair> run) {
    return run.stream()
        .map(pair -> pair.added().text)
        .filter(text -> file.distinctive(text) && file.commonness().newToTheTree(text))
        .count();
  }
}
