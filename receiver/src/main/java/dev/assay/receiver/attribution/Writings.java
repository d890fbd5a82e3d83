package dev.assay.receiver.attribution;

import dev.assay.store.fact.EditFact;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The candidate edits of one change: those in its window by path, and what else was given. */
final class Writings {
  private static final Comparator<EditFact> IN_ORDER =
      Comparator.comparing(EditFact::time).thenComparing(EditFact::toolUseId);

  /** By path; each list in order of time. */
  private final Map<String, List<Writing>> byPath = new TreeMap<>();

  private final Set<String> outsideWindow = new HashSet<>();
  private final Set<String> pathsWithoutLines = new HashSet<>();

  Writings(Collection<EditFact> candidates, Instant mergedAt, Thresholds thresholds) {
    Instant from = mergedAt.minus(thresholds.windowBefore());
    Instant to = mergedAt.plus(thresholds.windowAfter());
    Set<String> seen = new HashSet<>();
    for (EditFact fact : candidates.stream().sorted(IN_ORDER).toList()) {
      if (!seen.add(fact.toolUseId())) {
        continue;
      }
      Writing writing = Writing.of(fact);
      boolean inside = !fact.time().isBefore(from) && !fact.time().isAfter(to);
      if (writing == null) {
        if (fact.path() != null && inside) {
          pathsWithoutLines.add(fact.path());
        }
      } else if (inside) {
        byPath.computeIfAbsent(writing.path, p -> new ArrayList<>()).add(writing);
      } else {
        writing.lines.forEach(line -> outsideWindow.add(line.text));
      }
    }
    byPath.values().forEach(edits -> withdraw(edits, mergedAt));
  }

  /** The edits of one path, in order of time. */
  List<Writing> of(String path) {
    return byPath.getOrDefault(path, List.of());
  }

  /** The edits of several paths; within a path in order of time. */
  List<Writing> of(Collection<String> paths) {
    return paths.stream().flatMap(path -> of(path).stream()).toList();
  }

  Set<String> paths() {
    return byPath.keySet();
  }

  boolean outsideWindow(String text) {
    return outsideWindow.contains(text);
  }

  boolean withoutLines(String path) {
    return pathsWithoutLines.contains(path);
  }

  /**
   * What a later edit removed again no longer vouches: the youngest standing line with that text
   * goes first. What was removed after the merge was still there when it was merged.
   */
  private static void withdraw(List<Writing> edits, Instant mergedAt) {
    Map<String, Deque<WrittenLine>> standing = new HashMap<>();
    for (Writing edit : edits) {
      if (!edit.fact.time().isAfter(mergedAt)) {
        for (String text : edit.removed) {
          Deque<WrittenLine> lines = standing.get(text);
          if (lines != null && !lines.isEmpty()) {
            lines.removeLast().withdraw();
          }
        }
      }
      for (WrittenLine line : edit.lines) {
        if (line.free()) {
          standing.computeIfAbsent(line.text, t -> new ArrayDeque<>()).addLast(line);
        }
      }
    }
  }
}
