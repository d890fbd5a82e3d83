package dev.assay.bench.year;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a year of an organisation, and asks the API about it. */
@Command(name = "assay-year", mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
  @Option(
      names = "--data",
      required = true,
      description = "data directory; an unfinished one is gone on with")
  private Path data = Path.of("year");

  @Option(names = "--developers", description = "(default ${DEFAULT-VALUE})")
  private int developers = 1_000;

  @Option(names = "--days", description = "(default ${DEFAULT-VALUE})")
  private int days = 365;

  @Option(
      names = "--volume",
      description = "facts of a session, 1 is ordinary (default ${DEFAULT-VALUE})")
  private double volume = 1;

  @Option(
      names = "--native-percent",
      description = "developers with counters too (default ${DEFAULT-VALUE})")
  private int nativePercent = 10;

  @Option(
      names = "--rounds",
      description = "times that each question is asked (default ${DEFAULT-VALUE})")
  private int rounds = 100;

  @Option(names = "--only", description = "questions whose name contains this")
  private String only = "";

  @Option(names = "--no-fsync", description = "do not wait for the disk while writing")
  private boolean noFsync;

  /** Runs it. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(data);
    Shape shape =
        new Shape(developers, days, LocalDate.of(2026, 10, 31), volume, nativePercent, 20_261_031);
    Path directory = data.toAbsolutePath();
    try (Store store = Stores.open(StoreOptions.in(directory).withFsync(!noFsync))) {
      new Generate(shape, store, directory).run();
      new Ask(shape, store, rounds, only).run();
    }
    new Disk(shape, directory).print();
    return 0;
  }
}
