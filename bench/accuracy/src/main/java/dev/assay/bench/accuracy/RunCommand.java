package dev.assay.bench.accuracy;

import dev.assay.bench.accuracy.run.Measurement;
import dev.assay.bench.accuracy.score.Scores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** From sources to the README's table. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description =
        "Generates corpora, runs ./assay attribute on them, and prints the README's table.")
final class RunCommand implements Callable<Integer> {
  @Option(
      names = "--source",
      description = "A git repository; repeatable. Without: this repository and libraries.")
  private List<Path> sources = List.of();

  @Option(
      names = "--seeds",
      split = ",",
      defaultValue = "1,2,3",
      description = "(${DEFAULT-VALUE})")
  private List<Long> seeds = List.of();

  @Option(
      names = "--pulls",
      defaultValue = "40",
      description = "Pull requests for each source and seed (${DEFAULT-VALUE}).")
  private int pulls;

  @Option(
      names = "--assay",
      description = "The launcher; default: of the checkout around this folder.")
  private @Nullable Path assay;

  @Option(names = "--cache", description = "Keeps what was fetched (${DEFAULT-VALUE}).")
  private Path cache = defaultCache();

  @Option(names = "--keep", description = "Keep the corpora, with verdicts, below the cache.")
  private boolean keep;

  @Override
  public Integer call() throws IOException {
    Path launcher = assay == null ? launcher() : assay.toAbsolutePath();
    Measurement measurement =
        new Measurement(cache.toAbsolutePath(), launcher, pulls, System.err::println);
    Map<String, Path> from = new LinkedHashMap<>();
    for (Path source : sources) {
      from.put(source.toAbsolutePath().normalize().getFileName().toString(), source);
    }
    if (from.isEmpty()) {
      from.putAll(measurement.ownSources(launcher.resolveSibling("")));
    }
    if (from.isEmpty()) {
      System.err.println("no source of pull requests: name one with --source");
      return 1;
    }
    System.out.print(Measurement.tables(measurement.measure(from, seeds, keep)));
    return 0;
  }

  static Path defaultCache() {
    return Path.of(System.getProperty("java.io.tmpdir"), "assay-accuracy");
  }

  static Path defaultFormatters() {
    return defaultCache().resolve("formatters");
  }

  /** What {@code score --json} prints. */
  static Map<String, Object> summary(Scores scores) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("precision", scores.precision());
    out.put("recall", scores.recall());
    out.put("f1", scores.f1());
    out.put("claude_lines", scores.truePositives() + scores.missed());
    out.put("human_lines", scores.human());
    out.put("false_alarms", scores.falseAlarms());
    out.put("excluded_assisted", scores.excludedAssisted());
    out.put("pull_requests", scores.pulls());
    out.put("pull_requests_missed", scores.pullsMissed());
    out.put("pull_requests_falsely_tagged", scores.pullsFalselyTagged());
    out.put("unjudged_share", scores.unjudgedShare());
    out.put("kinds", scores.kinds());
    return out;
  }

  private static Path launcher() throws IOException {
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve("assay")) && Files.exists(folder.resolve("pom.xml"))) {
        return folder.resolve("assay");
      }
    }
    throw new IOException("no ./assay at or above " + here + ": name it with --assay");
  }
}
