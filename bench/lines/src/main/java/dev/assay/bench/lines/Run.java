package dev.assay.bench.lines;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Measures the contenders by turns, each in a process of its own. What is measured is noted at
 * once, so that a run that was ended goes on where it was.
 */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures the line index beside RocksDB and a plain mapped table.")
final class Run implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(names = "--lines", description = "how many (default ${DEFAULT-VALUE})")
  private long lines = 10_000_000;

  @Option(names = "--rounds", description = "of all contenders (default ${DEFAULT-VALUE})")
  private int rounds = 3;

  @Option(names = "--threads", split = ",", description = "default ${DEFAULT-VALUE}")
  private List<Integer> threads = List.of(1, 2);

  @Option(names = "--only", split = ",", description = "some of ${COMPLETION-CANDIDATES}")
  private List<Measure.Contender> contenders = List.of(Measure.Contender.values());

  @Option(
      names = "--seconds",
      description = "of questions of a kind and round (default ${DEFAULT-VALUE})")
  private double seconds = 5;

  @Option(
      names = "--work",
      description = "where files are made, and deleted after each turn (default ${DEFAULT-VALUE})")
  private Path work = Path.of(System.getProperty("java.io.tmpdir"), "assay-lines");

  @Option(names = "--out", description = "a file for what is printed")
  private @Nullable Path out;

  @Override
  public Integer call() throws Exception {
    if (lines < Measure.CHUNK) {
      throw new ParameterException(
          spec.commandLine(),
          "--lines: must be %,d or more, but is %,d".formatted(Measure.CHUNK, lines));
    }
    Files.createDirectories(work);
    Path noted = work.resolve("measured-" + lines + ".tsv");
    List<Measured> all = Measured.read(noted);
    for (int round = 1; round <= rounds; round++) {
      for (int count : threads) {
        for (Measure.Contender contender : contenders) {
          Measured turn = new Measured(contender, count, round, "", 0);
          if (all.stream().noneMatch(turn::isOfTheSameTurn)) {
            List<Measured> measured = measure(turn);
            Measured.append(noted, measured);
            all.addAll(measured);
          }
        }
      }
    }
    List<String> report = new ArrayList<>(List.of(machine(), ""));
    report.addAll(Table.of(all, lines));
    report.add("");
    report.add("RocksDB " + Rocks.version() + ": " + Rocks.OPTIONS + ".");
    report.forEach(System.out::println);
    if (out != null) {
      Files.write(out, report);
    }
    return 0;
  }

  private List<Measured> measure(Measured turn) throws Exception {
    Path folder = Files.createDirectories(work.resolve("turn"));
    delete(folder);
    Files.createDirectories(folder);
    System.err.printf(
        Locale.ROOT,
        "round %d, %s, threads %d, load %.1f%n",
        turn.round(),
        turn.contender(),
        turn.threads(),
        load());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx1g", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(Main.class.getName(), "measure"));
    command.addAll(List.of("--contender", turn.contender().name()));
    command.addAll(List.of("--lines", Long.toString(lines)));
    command.addAll(List.of("--threads", Integer.toString(turn.threads())));
    command.addAll(List.of("--seconds", Double.toString(seconds)));
    command.addAll(List.of("--folder", folder.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<Measured> measured = new ArrayList<>();
    try (var said = process.inputReader(StandardCharsets.UTF_8)) {
      said.lines().map(line -> line.split("\t", -1)).forEach(f -> measured.add(turn.of(f)));
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException(turn.contender() + " failed");
    }
    delete(folder);
    return measured;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static String machine() {
    return String.format(
        Locale.ROOT,
        "%d processors, Java %s, %s %s; load at the end %.2f",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        load());
  }

  /** One figure of one turn. */
  record Measured(Measure.Contender contender, int threads, int round, String what, double value) {
    boolean isOfTheSameTurn(Measured other) {
      return contender == other.contender && threads == other.threads && round == other.round;
    }

    Measured of(String[] fields) {
      return new Measured(contender, threads, round, fields[0], Double.parseDouble(fields[1]));
    }

    static List<Measured> read(Path file) throws IOException {
      List<Measured> all = new ArrayList<>();
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          String[] f = line.split("\t", -1);
          all.add(
              new Measured(
                  Measure.Contender.valueOf(f[0]),
                  Integer.parseInt(f[1]),
                  Integer.parseInt(f[2]),
                  f[3],
                  Double.parseDouble(f[4])));
        }
      }
      return all;
    }

    static void append(Path file, List<Measured> some) throws IOException {
      List<String> text = new ArrayList<>();
      for (Measured each : some) {
        text.add(
            String.join(
                "\t",
                each.contender.name(),
                Integer.toString(each.threads),
                Integer.toString(each.round),
                each.what,
                Double.toString(each.value)));
      }
      Files.write(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }
}
