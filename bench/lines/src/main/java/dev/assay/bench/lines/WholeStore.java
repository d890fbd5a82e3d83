package dev.assay.bench.lines;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import dev.assay.store.fact.EditObservation;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.SessionClaim;
import dev.assay.store.fact.Source;
import dev.assay.store.fact.UsageObservation;
import dev.assay.store.report.Filter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The memory of a whole store: fills one through its own door, in large commits, and opens it in a
 * new process with the server's flags. Filling goes on where it was ended.
 */
@Command(
    name = "memory",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "The memory of a whole store of so many facts and indexed lines.")
final class WholeStore implements Callable<Integer> {
  /** Of a commit; as many as one transaction takes. */
  private static final int AT_ONCE = 20_000;

  /** Facts are made more slowly than this brings them. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final int SECONDS_AT_REST = 30;

  /** It takes about a second for a million of them. */
  private static final long LIMIT_KEYS_MINUTES = 10;

  @Option(names = "--facts", description = "how many (default ${DEFAULT-VALUE})")
  private long facts = 10_000_000;

  @Option(
      names = "--lines",
      description = "indexed, of as many edits as 17 lines go into (default ${DEFAULT-VALUE})")
  private long lines = 100_000_000;

  @Option(names = "--data", required = true, description = "the data directory; it stays")
  private Path data = Path.of(".");

  @Option(names = "--open", hidden = true)
  private boolean open;

  @Override
  public Integer call() throws Exception {
    if (open) {
      measure();
      return 0;
    }
    fill();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As ./assay server has them.
    command.addAll(List.of("-XX:MaxGCPauseMillis=50", "-XX:+UnlockExperimentalVMOptions"));
    command.addAll(List.of("-XX:G1NewSizePercent=25", "-XX:G1PeriodicGCInterval=60000"));
    command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-Xms64m", "-Xmx1g", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(Main.class.getName(), "memory", "--open", "--data", data.toString()));
    command.addAll(List.of("--facts", "" + facts, "--lines", "" + lines));
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private StoreOptions options() {
    return StoreOptions.in(data);
  }

  private void fill() throws Exception {
    Made made = new Made(lines);
    long edits = lines / Lines.EDIT;
    if (edits > facts) {
      throw new IllegalArgumentException(
          "--lines " + lines + " are " + edits + " edits, more than --facts " + facts);
    }
    Path noted = data.resolveSibling(data.getFileName() + ".filled");
    long number = Files.exists(noted) ? Long.parseLong(Files.readString(noted).strip()) : 0;
    if (number >= facts) {
      return;
    }
    long begun = System.nanoTime();
    long first = number;
    try (Store store = Stores.open(options())) {
      List<Observation> some = new ArrayList<>(AT_ONCE);
      for (; number < facts; number++) {
        // Spread evenly: edits among responses.
        long edit = number * edits / facts;
        boolean isEdit = (number + 1) * edits / facts > edit;
        some.add(isEdit ? edit(made, edit) : usage(made, edit, number));
        if (some.size() == AT_ONCE || number == facts - 1) {
          store.commit(some, PATIENCE);
          some.clear();
          if ((number / AT_ONCE) % 10 == 0 || number == facts - 1) {
            Files.writeString(noted, Long.toString(number + 1));
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.err.printf(
                Locale.ROOT,
                "\r%,d of %,d facts, %,.0f a second, %,d lines indexed ",
                number + 1,
                facts,
                (number + 1 - first) / seconds,
                store.health().indexedLines());
          }
        }
      }
      awaitIndex(store);
      System.err.printf(
          Locale.ROOT,
          "%n%,d facts, %,d lines, filled in %.0f s%n",
          store.health().facts(),
          store.health().indexedLines(),
          (System.nanoTime() - begun) / 1e9);
    }
  }

  private static EditObservation edit(Made made, long edit) {
    return new EditObservation(
        Source.TRANSCRIPT,
        made.time(edit),
        Made.id(edit),
        new SessionClaim(Made.session(edit), null),
        "Edit",
        List.of(Made.REPOSITORY),
        "main",
        Made.path(edit),
        Lines.EDIT,
        0,
        Made.lines(edit).toByteString(),
        0,
        1,
        false,
        false,
        null);
  }

  private static UsageObservation usage(Made made, long edit, long number) {
    return new UsageObservation(
        Source.TRANSCRIPT,
        made.time(edit),
        "msg_" + Long.toString(Numbers.mix(number) >>> 1, 36),
        "req_" + Long.toString(Numbers.mix(~number) >>> 1, 36),
        new SessionClaim(Made.session(edit), null),
        "claude-opus-5-5",
        10 + number % 1_000,
        number % 5_000,
        number % 100_000,
        0,
        null,
        null,
        null,
        null,
        false);
  }

  private static void awaitIndex(Store store) {
    store
        .edits()
        .withLines(Set.of(Made.REPOSITORY), Set.of("no such line"), Instant.EPOCH, Instant.now());
  }

  /** Those that are stored are learnt behind the start. */
  private static void awaitKeys(Store store) throws InterruptedException {
    long begun = System.nanoTime();
    while (store.health().learningKeys()) {
      if (System.nanoTime() - begun > TimeUnit.MINUTES.toNanos(LIMIT_KEYS_MINUTES)) {
        throw new IllegalStateException(
            "the store has not read which keys are stored (learningKeys of its health) within "
                + LIMIT_KEYS_MINUTES
                + " minutes; its log may say why");
      }
      Thread.sleep(1_000);
    }
  }

  private void measure() throws Exception {
    long begun = System.nanoTime();
    try (Store store = Stores.open(options())) {
      sample("opened", begun);
      awaitIndex(store);
      sample("the index is whole", begun);
      Made made = new Made(lines);
      long edits = lines / Lines.EDIT;
      for (int i = 0; i < 200; i++) {
        long edit = Numbers.mix(i) >>> 1;
        edit %= edits;
        Set<String> wanted = new java.util.HashSet<>();
        for (long line = edit * Lines.EDIT; line < (edit + 1) * Lines.EDIT; line++) {
          wanted.add(dev.assay.proto.line.NormalisedLine.of(Made.text(line)).text());
        }
        Instant time = made.time(edit);
        int found =
            store
                .edits()
                .withLines(Set.of(Made.REPOSITORY), wanted, time, time.plus(Duration.ofDays(25)))
                .size();
        if (found != 1) {
          throw new IllegalStateException("edit " + edit + " was found " + found + " times");
        }
        store
            .edits()
            .inFiles(
                Set.of(Made.REPOSITORY),
                Set.of(Made.path(edit)),
                time,
                time.plus(Duration.ofDays(1)));
      }
      sample("200 edits looked up", begun);
      store.reports().summary(Filter.ALL);
      store.reports().adoption(Filter.ALL);
      sample("figures asked", begun);
      awaitKeys(store);
      sample("all keys are learnt", begun);
      Thread.sleep(SECONDS_AT_REST * 1000L);
      sample("at rest", begun);
      System.gc();
      sample("after a collection", begun);
      System.out.printf(
          Locale.ROOT,
          "%,d facts, %,d lines, index fill %.3f, disk %,d MiB%n",
          store.health().facts(),
          store.health().indexedLines(),
          store.health().indexFill(),
          store.health().diskBytes() >> 20);
    }
  }

  private static void sample(String when, long begun) throws Exception {
    var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    System.out.printf(
        Locale.ROOT,
        "%6.1f s  %-22s RssAnon %,5d MiB  RssFile %,6d MiB  heap used %,4d of %,4d MiB%n",
        (System.nanoTime() - begun) / 1e9,
        when,
        Memory.kib("RssAnon") >> 10,
        Memory.kib("RssFile") >> 10,
        heap.getUsed() >> 20,
        heap.getCommitted() >> 20);
  }
}
