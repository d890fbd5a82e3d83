package dev.assay.bench.lines;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What the line index costs. */
@Command(
    name = "assay-lines",
    mixinStandardHelpOptions = true,
    subcommands = {Run.class, Measure.class, Keys.class, WholeStore.class})
public final class Main {
  private Main() {}

  /** Runs it. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
