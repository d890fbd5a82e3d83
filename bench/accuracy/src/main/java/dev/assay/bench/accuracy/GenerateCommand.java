package dev.assay.bench.accuracy;

import dev.assay.bench.accuracy.corpus.CorpusGenerator;
import dev.assay.bench.accuracy.corpus.Truth;
import dev.assay.bench.accuracy.format.Formatters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a corpus out of a git history. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = "Turns a git history into merged pull requests with known authorship.")
final class GenerateCommand implements Callable<Integer> {
  @Option(names = "--source", required = true, description = "A git repository with some history.")
  private Path source = Path.of("");

  @Option(names = "--out", required = true, description = "The folder to make; must not exist.")
  private Path out = Path.of("");

  @Option(
      names = "--pulls",
      defaultValue = "60",
      description = "How many pull requests (${DEFAULT-VALUE}).")
  private int pulls;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of everything random (${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--formatters", description = "Folder that keeps prettier and black.")
  private Path formatters = RunCommand.defaultFormatters();

  @Override
  public Integer call() throws IOException {
    Formatters found = Formatters.find(formatters.toAbsolutePath(), System.err::println);
    List<Truth> truth = new CorpusGenerator(source, found).generate(out, pulls, seed);
    List<Truth> effective = truth.stream().filter(Truth::effective).toList();
    System.out.printf(
        "%d pull requests, %d added lines, %d effective: %d Claude's, %d people's, %d unjudged%n",
        truth.stream().mapToInt(Truth::pr).distinct().count(),
        truth.size(),
        effective.size(),
        count(effective, "claude"),
        count(effective, "human"),
        count(effective, "unjudged"));
    return 0;
  }

  private static long count(List<Truth> rows, String truth) {
    return rows.stream().filter(row -> row.truth().equals(truth)).count();
  }
}
