package dev.assay.bench.ingest;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Measures how many records a second are acknowledged over OTLP/gRPC, and what that costs. */
@Command(
    name = "assay-ingest",
    mixinStandardHelpOptions = true,
    subcommands = {CompareCommand.class, ServeCommand.class, LoadCommand.class})
public final class Main {
  /** Runs it. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
