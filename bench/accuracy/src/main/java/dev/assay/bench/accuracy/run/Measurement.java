package dev.assay.bench.accuracy.run;

import dev.assay.bench.accuracy.corpus.CorpusGenerator;
import dev.assay.bench.accuracy.format.Formatters;
import dev.assay.bench.accuracy.git.Git;
import dev.assay.bench.accuracy.score.ScoreTable;
import dev.assay.bench.accuracy.score.Scorer;
import dev.assay.bench.accuracy.score.Scores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Generates, attributes and scores, for several sources and seeds. */
public final class Measurement {
  /** A history of fewer commits than this for each pull request is too short. */
  private static final int COMMITS_A_PULL = 3;

  private final Path cache;
  private final Engine engine;
  private final int pulls;
  private final Consumer<String> progress;

  /**
   * @param cache keeps formatters and histories; corpora are made, and deleted, in it as well
   * @param launcher of the program that is judged
   * @param progress is told what happens, and what is skipped
   */
  public Measurement(Path cache, Path launcher, int pulls, Consumer<String> progress) {
    this.cache = cache;
    this.engine = new Engine(launcher);
    this.pulls = pulls;
    this.progress = progress;
  }

  /** The sources that any machine has: this repository, where long enough, and libraries. */
  public Map<String, Path> ownSources(Path repository) throws IOException {
    Map<String, Path> out = new LinkedHashMap<>();
    if (Files.exists(repository.resolve(".git"))) {
      int commits =
          Integer.parseInt(
              Git.in(repository).run("rev-list", "--no-merges", "--count", "HEAD").strip());
      if (commits >= COMMITS_A_PULL * pulls) {
        out.put("this repository", repository);
      } else {
        progress.accept("this repository: " + commits + " commits are too few, skipped");
      }
    }
    for (Library library : Library.ALL) {
      try {
        out.put(library.name(), library.history(cache));
      } catch (IOException e) {
        progress.accept("skipped: " + e.getMessage());
      }
    }
    return out;
  }

  /** The scores by name of the source, all seeds taken together. */
  public Map<String, Scores> measure(Map<String, Path> sources, List<Long> seeds, boolean keep)
      throws IOException {
    Formatters formatters = Formatters.find(cache.resolve("formatters"), progress);
    Map<String, Scores> out = new LinkedHashMap<>();
    for (Map.Entry<String, Path> source : sources.entrySet()) {
      for (long seed : seeds) {
        String slug = source.getKey().replaceAll("[^A-Za-z0-9]+", "-") + "-" + seed;
        Path corpus = cache.resolve("corpora").resolve(slug);
        Folders.delete(corpus);
        int made =
            (int)
                new CorpusGenerator(source.getValue(), formatters)
                    .generate(corpus, pulls, seed).stream()
                        .mapToInt(t -> t.pr())
                        .distinct()
                        .count();
        Path verdicts = corpus.resolve("verdicts.jsonl");
        double seconds = engine.attribute(corpus, verdicts);
        Scores scores = new Scorer().score(corpus, verdicts);
        out.merge(source.getKey(), scores, Scores::plus);
        progress.accept(
            String.format(
                java.util.Locale.ROOT,
                "%s, seed %d: %d pull requests, F1 %.4f, attributed in %.1f s",
                source.getKey(),
                seed,
                made,
                scores.f1(),
                seconds));
        if (!keep) {
          Folders.delete(corpus);
        }
      }
    }
    return out;
  }

  /** All of them as one. */
  public static Scores total(Map<String, Scores> scores) {
    return scores.values().stream().reduce(Scores::plus).orElseThrow();
  }

  /** The tables of the README. */
  public static String tables(Map<String, Scores> scores) {
    Map<String, Scores> rows = new LinkedHashMap<>(scores);
    rows.put("all", total(scores));
    return ScoreTable.markdown(rows) + "\n" + ScoreTable.kindsMarkdown(total(scores));
  }
}
