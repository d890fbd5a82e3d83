package dev.assay.bench.attribution;

import dev.assay.receiver.forge.GitRepository;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what the attribution of a pull request costs beside git's own diff of it. */
@Command(name = "assay-attribution", mixinStandardHelpOptions = true, sortOptions = false)
public final class Main implements Callable<Integer> {
  /** Equal, or nearly equal, lines of one pull request: what compares all with all explodes. */
  private static final int ALIKE = 20_000;

  @Option(
      names = "--index",
      split = ",",
      description = "indexed lines, growing (default ${DEFAULT-VALUE})")
  private List<Long> indexes = List.of(100_000L, 1_000_000L, 10_000_000L);

  @Option(
      names = "--lines",
      split = ",",
      description = "added lines of a pull request (default ${DEFAULT-VALUE})")
  private List<Integer> sizes = List.of(10, 100, 1_000, 5_000, 20_000);

  @Option(
      names = "--pulls",
      description =
          "different pull requests of a size (default ${DEFAULT-VALUE}; large ones fewer)")
  private int pulls = 12;

  @Option(
      names = "--seconds",
      description = "measured for each size and index (default ${DEFAULT-VALUE})")
  private double seconds = 4;

  @Option(names = "--seed", description = "of the made repository (default ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(names = "--no-fsync", description = "do not wait for the disk")
  private boolean noFsync;

  @Option(names = "--no-alike", description = "leave out 20,000 equal lines")
  private boolean noAlike;

  @Option(names = "--work", description = "where repository and store are made; deleted at the end")
  private Path work = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(names = "--out", description = "a file for what is printed")
  private @Nullable Path out;

  /** Runs it. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory(work, "assay-attribution-");
    try {
      List<String> report = new ArrayList<>(machine());
      report.addAll(Table.of(run(folder)));
      report.add("");
      report.add("At the end: " + load());
      report.forEach(System.out::println);
      if (out != null) {
        Files.write(out, report);
      }
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return 0;
  }

  private List<Row> run(Path folder) throws Exception {
    Map<String, List<Pull>> byKind = new LinkedHashMap<>();
    Path repository = folder.resolve("shop.git");
    long begun = System.nanoTime();
    make(repository)
        .forEach(pull -> byKind.computeIfAbsent(pull.kind(), kind -> new ArrayList<>()).add(pull));
    progress("the repository is made", begun);
    List<Row> rows = new ArrayList<>();
    StoreOptions options = StoreOptions.in(folder.resolve("data")).withFsync(!noFsync);
    try (Store store = Stores.open(options);
        GitDiff git = new GitDiff(repository);
        Engine engine = new Engine(GitRepository.open(repository), store)) {
      for (List<Pull> some : byKind.values()) {
        for (Pull pull : some) {
          store.commit(pull.edits(), Duration.ofMinutes(1));
        }
      }
      Filling filling = new Filling(store);
      for (long index : indexes) {
        begun = System.nanoTime();
        filling.upTo(index);
        long indexed = filling.indexed();
        progress(String.format(Locale.ROOT, "%,d lines are indexed", indexed), begun);
        begun = System.nanoTime();
        for (Map.Entry<String, List<Pull>> some : byKind.entrySet()) {
          boolean alike = some.getValue().get(0).added() == ALIKE && some.getValue().size() == 1;
          new Row(indexed, "").measure(some.getValue(), git, engine, alike ? 0 : seconds / 4);
        }
        for (Map.Entry<String, List<Pull>> some : byKind.entrySet()) {
          Row row = new Row(indexed, some.getKey());
          row.measure(some.getValue(), git, engine, seconds);
          rows.add(row);
        }
        progress("measured, " + load(), begun);
      }
      progress(engine.assisted() + " lines were Claude's, all runs together", begun);
    }
    return rows;
  }

  private List<Pull> make(Path repository) throws Exception {
    MadeRepository made = new MadeRepository(repository, seed);
    for (int lines : sizes) {
      made.merge(Math.max(2, Math.min(pulls, 20_000 / lines)), lines);
    }
    if (!noAlike) {
      made.merge(
          "20,000 equal",
          IntStream.range(0, ALIKE).mapToObj(i -> "  total += 1; // again").toList());
      made.merge(
          "20,000 alike",
          IntStream.range(0, ALIKE)
              .mapToObj(i -> String.format(Locale.ROOT, "  value%05d = compute(%05d);", i, i))
              .toList());
    }
    return made.build();
  }

  private static List<String> machine() throws Exception {
    Runtime runtime = Runtime.getRuntime();
    return List.of(
        String.format(
            Locale.ROOT,
            "%d processors, heap %d MiB, Java %s (%s), %s, %s %s; %s",
            runtime.availableProcessors(),
            runtime.maxMemory() >> 20,
            System.getProperty("java.version"),
            System.getProperty("java.vendor"),
            Programs.run(List.of("git", "--version"), new byte[0]),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            load()),
        "");
  }

  private static String load() {
    return String.format(
        Locale.ROOT,
        "load %.2f",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static void progress(String what, long begun) {
    System.err.printf(Locale.ROOT, "%s (%.1f s)%n", what, (System.nanoTime() - begun) / 1e9);
  }
}
