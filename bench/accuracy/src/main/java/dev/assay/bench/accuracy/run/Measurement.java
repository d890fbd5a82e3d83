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

  /**
   * How one source was judged, all seeds taken together.
   *
   * @param text in content mode {@code text}
   * @param signature in content mode {@code signature}
   */
  public record Result(Scores text, Scores signature) {
    Result plus(Result other) {
      return new Result(text.plus(other.text), signature.plus(other.signature));
    }
  }

  /** The results by name of the source. */
  public Map<String, Result> measure(Map<String, Path> sources, List<Long> seeds, boolean keep)
      throws IOException {
    Formatters formatters = Formatters.find(cache.resolve("formatters"), progress);
    Map<String, Result> out = new LinkedHashMap<>();
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
        Scores text = score(corpus, "text", corpus.resolve("verdicts.jsonl"));
        Scores signature = score(corpus, "signature", corpus.resolve("verdicts-signature.jsonl"));
        out.merge(source.getKey(), new Result(text, signature), Result::plus);
        progress.accept(
            String.format(
                java.util.Locale.ROOT,
                "%s, seed %d: %d pull requests, F1 %.4f, signature %.4f",
                source.getKey(),
                seed,
                made,
                text.f1(),
                signature.f1()));
        if (!keep) {
          Folders.delete(corpus);
        }
      }
    }
    return out;
  }

  private Scores score(Path corpus, String contentMode, Path verdicts) throws IOException {
    engine.attribute(corpus, contentMode, verdicts);
    return new Scorer().score(corpus, verdicts);
  }

  /** The tables of the README. */
  public static String tables(Map<String, Result> results) {
    Map<String, Result> rows = new LinkedHashMap<>(results);
    Result total = results.values().stream().reduce(Result::plus).orElseThrow();
    rows.put("all", total);
    Map<String, Scores> text = new LinkedHashMap<>();
    Map<String, Scores> signature = new LinkedHashMap<>();
    rows.forEach(
        (name, result) -> {
          text.put(name, result.text);
          signature.put(name, result.signature);
        });
    return ScoreTable.markdown(text, signature)
        + "\nLines of excluded files called Claude's: "
        + (total.text.excludedAssisted() + total.signature.excludedAssisted())
        + ".\n\n"
        + ScoreTable.kindsMarkdown(total.text);
  }
}
