package dev.assay.bench.accuracy.score;

import dev.assay.bench.accuracy.corpus.Truth;
import dev.assay.bench.accuracy.text.LineText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds verdicts against a corpus. Lines of one file of one pull request that are equal after
 * normalisation can stand for each other: what counts is how many of them are claimed.
 */
public final class Scorer {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final List<Truth> wrong = new ArrayList<>();

  /** The wrong lines of the last score, in the corpus' order. */
  public List<Truth> wrong() {
    return List.copyOf(wrong);
  }

  /** Reads both files; a line of verdicts that is no verdict is an error that names it. */
  public Scores score(Path corpus, Path verdicts) throws IOException {
    Set<String> claimed = new HashSet<>();
    for (Verdict verdict : rows(verdicts, Verdict.class)) {
      if (verdict.assisted()) {
        claimed.add(key(verdict.pr(), verdict.path(), verdict.line()));
      }
    }
    return score(rows(corpus.resolve("truth.jsonl"), Truth.class), claimed);
  }

  Scores score(List<Truth> truth, Set<String> claimed) {
    wrong.clear();
    int excluded = 0;
    int unjudged = 0;
    Map<String, List<Truth>> groups = new LinkedHashMap<>();
    for (Truth row : truth) {
      if (row.truth().equals("excluded")) {
        excluded += claimed.contains(key(row)) ? 1 : 0;
      } else if (row.effective()) {
        String group = row.pr() + "\0" + row.path() + "\0" + LineText.normalise(row.text());
        groups.computeIfAbsent(group, g -> new ArrayList<>()).add(row);
      }
    }
    Map<String, int[]> kinds = new TreeMap<>();
    Map<Integer, Tags> pulls = new TreeMap<>();
    for (List<Truth> group : groups.values()) {
      int left = (int) group.stream().filter(row -> claimed.contains(key(row))).count();
      group.sort(
          Comparator.comparingInt(
              row -> List.of("claude", "unjudged", "human").indexOf(row.truth())));
      for (Truth row : group) {
        boolean hit = left > 0;
        left -= hit ? 1 : 0;
        Tags tags = pulls.computeIfAbsent(row.pr(), p -> new Tags());
        tags.tagged |= hit;
        if (row.truth().equals("unjudged")) {
          unjudged++;
          continue;
        }
        boolean claude = row.truth().equals("claude");
        tags.claude |= claude;
        tags.alarm |= hit && !claude;
        int[] counts = kinds.computeIfAbsent(row.truth() + "\0" + row.kind(), k -> new int[2]);
        counts[0]++;
        counts[1] += hit ? 1 : 0;
        if (hit != claude) {
          wrong.add(row);
        }
      }
    }
    return sum(kinds, pulls, unjudged, excluded);
  }

  private static Scores sum(
      Map<String, int[]> kinds, Map<Integer, Tags> pulls, int unjudged, int excluded) {
    List<KindScore> out = new ArrayList<>();
    kinds.forEach(
        (key, n) -> {
          String[] parts = key.split("\0", -1);
          out.add(new KindScore(parts[0], parts[1], n[0], n[1]));
        });
    List<KindScore> claude = out.stream().filter(k -> k.truth().equals("claude")).toList();
    List<KindScore> human = out.stream().filter(k -> k.truth().equals("human")).toList();
    int hits = claude.stream().mapToInt(KindScore::claimed).sum();
    return new Scores(
        hits,
        human.stream().mapToInt(KindScore::claimed).sum(),
        claude.stream().mapToInt(KindScore::lines).sum() - hits,
        human.stream().mapToInt(KindScore::lines).sum(),
        unjudged,
        excluded,
        pulls.size(),
        (int) pulls.values().stream().filter(p -> p.claude && !p.tagged).count(),
        (int) pulls.values().stream().filter(p -> !p.claude && p.alarm).count(),
        out);
  }

  /** What is true and what is said of one pull request. */
  private static final class Tags {
    boolean claude;
    boolean tagged;
    boolean alarm;
  }

  static String key(Truth row) {
    return key(row.pr(), row.path(), row.line());
  }

  private static String key(int pr, String path, int line) {
    return pr + "\0" + line + "\0" + path;
  }

  private static <T> List<T> rows(Path file, Class<T> type) throws IOException {
    List<T> out = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      try {
        if (!line.isBlank()) {
          out.add(JSON.readValue(line, type));
        }
      } catch (JacksonException e) {
        throw new IOException(file + ", line " + number + ": " + e.getOriginalMessage(), e);
      }
    }
    return out;
  }
}
