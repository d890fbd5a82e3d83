package dev.assay.bench.accuracy;

import dev.assay.bench.accuracy.corpus.Truth;
import dev.assay.bench.accuracy.score.ScoreTable;
import dev.assay.bench.accuracy.score.Scorer;
import dev.assay.bench.accuracy.score.Scores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Holds verdicts against a corpus. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description = "Holds verdicts against a corpus.")
final class ScoreCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "CORPUS", description = "What generate made.")
  private Path corpus = Path.of("");

  @Parameters(index = "1", paramLabel = "VERDICTS", description = "What attribute --out wrote.")
  private Path verdicts = Path.of("");

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Option(names = "--markdown", description = "The kinds as a Markdown table.")
  private boolean markdown;

  @Option(names = "--wrong", defaultValue = "0", description = "How many wrong lines to show.")
  private int wrong;

  @Override
  public Integer call() throws IOException {
    Scorer scorer = new Scorer();
    Scores scores = scorer.score(corpus, verdicts);
    JsonMapper mapper = JsonMapper.shared();
    List<Truth> shown = scorer.wrong().stream().limit(wrong).toList();
    shown.forEach(row -> System.out.println("wrong: " + mapper.writeValueAsString(row)));
    if (json) {
      System.out.println(mapper.writeValueAsString(RunCommand.summary(scores)));
    } else if (markdown) {
      System.out.print(ScoreTable.kindsMarkdown(scores));
    } else {
      System.out.print(ScoreTable.text(scores));
    }
    return 0;
  }
}
