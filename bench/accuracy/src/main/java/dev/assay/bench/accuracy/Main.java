package dev.assay.bench.accuracy;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code generate}, {@code score} and {@code run}. */
@Command(
    name = "accuracy",
    mixinStandardHelpOptions = true,
    description =
        "Measures how often attribution is right, on pull requests with known authorship.",
    subcommands = {GenerateCommand.class, ScoreCommand.class, RunCommand.class})
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
