package dev.assay.receiver.attribution;

import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.store.fact.EditFact;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The candidate edits of one change: drafts of those in its window, and what else was given. */
final class Writings {
  private static final Comparator<EditFact> IN_ORDER =
      Comparator.comparing(EditFact::time).thenComparing(EditFact::toolUseId);

  /** By path and session. */
  private final Map<String, Map<String, Draft>> drafts = new TreeMap<>();

  private final Alphabet alphabet;
  private final Set<String> outsideWindow = new HashSet<>();
  private final Set<String> pathsWithoutLines = new HashSet<>();

  Writings(
      Collection<EditFact> candidates, Instant mergedAt, Thresholds thresholds, Alphabet alphabet) {
    this.alphabet = alphabet;
    Instant from = mergedAt.minus(thresholds.windowBefore());
    Instant to = mergedAt.plus(thresholds.windowAfter());
    Map<String, Timeline> timelines = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (EditFact edit : candidates.stream().sorted(IN_ORDER).toList()) {
      String path = edit.path();
      EditLines lines = edit.lines();
      if (path == null || !seen.add(edit.toolUseId())) {
        continue;
      }
      if (edit.time().isBefore(from) || edit.time().isAfter(to)) {
        if (lines != null) {
          lines.getHunksList().forEach(this::outside);
        }
      } else if (lines == null) {
        pathsWithoutLines.add(path);
      } else {
        drafts
            .computeIfAbsent(path, p -> new TreeMap<>())
            .computeIfAbsent(
                edit.sessionId(),
                s ->
                    new Draft(
                        s, path, alphabet, timelines.computeIfAbsent(path, p -> new Timeline())))
            .apply(edit, lines, mergedAt);
      }
    }
    drafts.values().forEach(ofPath -> ofPath.values().forEach(Draft::settle));
  }

  private void outside(Hunk hunk) {
    hunk.getAddedList().forEach(line -> outsideWindow.add(alphabet.written(line, false).text()));
  }

  /** The drafts of some paths, by path and session. */
  List<Draft> of(Collection<String> paths) {
    return paths.stream()
        .flatMap(path -> drafts.getOrDefault(path, Map.of()).values().stream())
        .toList();
  }

  Set<String> paths() {
    return drafts.keySet();
  }

  boolean outsideWindow(String text) {
    return outsideWindow.contains(text);
  }

  boolean withoutLines(String path) {
    return pathsWithoutLines.contains(path);
  }
}
