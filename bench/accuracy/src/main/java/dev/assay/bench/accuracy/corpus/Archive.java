package dev.assay.bench.accuracy.corpus;

import dev.assay.bench.accuracy.text.LineText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every line that an accepted edit of Claude's added to, or took from, a file of the repository:
 * what decides whether a person's line has a twin that Claude wrote.
 */
final class Archive {
  private final Map<String, List<Entry>> byPath = new HashMap<>();

  /**
   * @param sign 1 where the edit adds the line, -1 where it removes it
   * @param proves false for a short line of an edit that was thrown away: no twin of anybody's
   */
  private record Entry(Instant when, String line, int sign, boolean proves) {}

  void added(String path, Instant when, String line) {
    add(path, when, line, 1, true);
  }

  void addedInVain(String path, Instant when, String line) {
    add(path, when, line, 1, LineText.normalise(line).length() >= Draft.SHORT);
  }

  void removed(String path, Instant when, String line) {
    add(path, when, line, -1, true);
  }

  /** What Claude wrote in these files within the window and did not remove again; normalised. */
  Set<String> standing(Set<String> paths, Times window) {
    Map<String, Integer> counts = new HashMap<>();
    for (String path : paths) {
      for (Entry entry : byPath.getOrDefault(path, List.of())) {
        if (entry.proves && window.holds(entry.when)) {
          counts.merge(entry.line, entry.sign, (a, b) -> Math.max(0, a + b));
        }
      }
    }
    Set<String> out = new HashSet<>();
    counts.forEach(
        (line, count) -> {
          if (count > 0) {
            out.add(line);
          }
        });
    return out;
  }

  private void add(String path, Instant when, String line, int sign, boolean proves) {
    byPath
        .computeIfAbsent(path, p -> new ArrayList<>())
        .add(new Entry(when, LineText.normalise(line), sign, proves));
  }
}
