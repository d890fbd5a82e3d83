package dev.assay.bench.overload;

import dev.assay.bench.ingest.Subject;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Finds what a server can take, and sends half of it, all of it, and twice as much. */
@Command(name = "assay-overload", mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
  /** At one time, while looking for what it can take. */
  private static final int SENDERS = 16;

  /** A rate is sustainable where so many of a hundred are answered within this. */
  private static final double SHARE = 0.99;

  private static final double LATE_MILLIS = 1_000;
  private static final int TRIES = 8;

  /** What the try before left to be done must not be held against the next. */
  private static final int SETTLE_SECONDS = 10;

  @Option(names = "--data", description = "the server's; emptied before and after")
  private Path data = Path.of("target", "overload-data");

  @Option(names = "--connections", description = "of the load (default ${DEFAULT-VALUE})")
  private int connections = 64;

  @Option(names = "--records", description = "in one request (default ${DEFAULT-VALUE})")
  private int records = 128;

  @Option(names = "--warm", description = "seconds before anything counts (${DEFAULT-VALUE})")
  private int warm = 30;

  @Option(names = "--seconds", description = "that each phase takes (default ${DEFAULT-VALUE})")
  private int seconds = 30;

  private final List<Answered> phases = new ArrayList<>();

  /** Runs it. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Subject.delete(data);
    Flood flood = load();
    boolean whole;
    try (Store store = Stores.open(StoreOptions.in(data.toAbsolutePath()))) {
      long unknown = phases.stream().mapToLong(Answered::unknownOnes).sum();
      whole = new Proof(flood, store).of(phases, unknown, records);
    }
    Subject.delete(data);
    boolean told = phases.stream().allMatch(phase -> phase.untold() == 0);
    System.out.println(whole ? "nothing is missing" : "NOT WHOLE");
    System.out.println(told ? "all were told when to come back" : "SOME WERE NOT TOLD");
    return whole && told ? 0 : 1;
  }

  /** All phases against one server, which has ended then. */
  private Flood load() throws Exception {
    try (Subject server = Subject.java(List.of("--data", data.toString()));
        Flood flood = new Flood(server.endpoint(), connections, records);
        Memory memory = new Memory(server.pid())) {
      phases.add(flood.send(warm, 0, SENDERS));
      double sustainable = sustainable(flood);
      System.out.printf(
          "sustainable: %.1f requests/s of %d records each, %,.0f records/s%n",
          sustainable, records, sustainable * records);
      System.out.println(
          "| Load | offered/s | accepted/s | refused/s | not told when | unknown | p50 ms | p99 ms"
              + " | own memory, most MiB | at the end |");
      System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
      memory.forget();
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      phase("half", flood, memory, sustainable / 2);
      phase("sustainable", flood, memory, sustainable);
      phase("twice", flood, memory, sustainable * 2);
      phase("twice, again", flood, memory, sustainable * 2);
      phase("half, after it", flood, memory, sustainable / 2);
      return flood; // what it sent can still be asked for
    }
  }

  /**
   * The highest rate that was sustained, of those that were tried.
   *
   * @throws IllegalStateException where none was
   */
  private double sustainable(Flood flood) throws InterruptedException {
    Answered full = flood.send(seconds, 0, SENDERS);
    phases.add(full);
    double rate = full.acknowledged().size() / (double) seconds;
    double best = 0;
    double lowest = rate;
    boolean tooHigh = false;
    for (int i = 0; i < TRIES && !(tooHigh && best > 0); i++) {
      lowest = Math.min(lowest, rate);
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      Answered tried = flood.send(seconds / 2.0, rate, 0);
      phases.add(tried);
      if (tried.refused() + tried.unknownOnes() == 0 && tried.latencyMillis(SHARE) < LATE_MILLIS) {
        best = rate;
        rate *= 1.25;
      } else {
        tooHigh = true;
        rate *= 0.8;
      }
    }
    if (best == 0) {
      throw new IllegalStateException(
          "no rate was sustained, down to %.1f requests/s".formatted(lowest));
    }
    return best;
  }

  private void phase(String name, Flood flood, Memory memory, double rate) throws Exception {
    Answered phase = flood.send(seconds, rate, 0);
    phases.add(phase);
    System.out.printf(
        "| %s | %.1f | %.1f | %.1f | %d | %d | %.1f | %.1f | %d | %d |%n",
        name,
        rate,
        phase.acknowledged().size() / (double) seconds,
        phase.refused() / (double) seconds,
        phase.untold(),
        phase.unknownOnes(),
        phase.latencyMillis(0.5),
        phase.latencyMillis(0.99),
        memory.mostKib() >> 10,
        memory.nowKib() >> 10);
    phase.reasons().forEach((why, count) -> System.out.printf("  refused: %s: %,d%n", why, count));
  }
}
