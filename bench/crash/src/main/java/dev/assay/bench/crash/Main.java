package dev.assay.bench.crash;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Kills and counts. The folder keeps the store, the count and the acknowledged numbers: a batch
 * goes on where the one before ended, however that ended.
 */
@Command(name = "assay-crash", mixinStandardHelpOptions = true)
public final class Main implements java.util.concurrent.Callable<Integer> {
  private static final long READY_LIMIT_MILLIS = 10_000;

  /** Of so many kills one lets the process tell first what it found; the others come anytime. */
  private static final int TOLD_OF = 8;

  @Option(names = "--folder", required = true, description = "Where store and count are kept.")
  private Path folder = Path.of(".");

  @Option(names = "--kills", defaultValue = "100", description = "Of this batch.")
  private int kills;

  @Option(
      names = "--store-kills",
      defaultValue = "10",
      description = "Then all of a store is asked for, and the next one begins empty.")
  private int storeKills;

  @Option(names = "--longest", defaultValue = "3000", description = "Milliseconds before a kill.")
  private int longestMillis;

  public static void main(String[] args) throws Exception {
    if (args.length == 4 && args[0].equals("commit")) {
      Committing.run(Path.of(args[1]), Path.of(args[2]), Long.parseLong(args[3]));
      return;
    }
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (storeKills < 1) {
      throw new IllegalArgumentException("--store-kills: at least 1");
    }
    Files.createDirectories(folder);
    Path counts = folder.resolve("counts");
    Totals totals = Totals.kept(counts);
    Random random = new Random();
    for (int kill = 0; kill < kills; kill++) {
      round(totals, random);
      totals.keep(counts);
      if (totals.kills % storeKills == 0) {
        totals.lost += finish();
        totals.keep(counts);
      }
      if (totals.lost > 0) {
        break; // what is there is to be looked at
      }
      if (totals.kills % storeKills == 0) {
        System.out.println(totals.line());
        beginAnew();
      }
    }
    if (totals.lost == 0 && Files.exists(acknowledged())) {
      totals.lost += finish();
      totals.keep(counts);
    }
    System.out.println(totals.line());
    return totals.lost == 0 && totals.late == 0 ? 0 : 1;
  }

  private void round(Totals totals, Random random) throws Exception {
    Path last = folder.resolve("last");
    Process process =
        new ProcessBuilder(command(last, totals.next))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    boolean anytime = random.nextInt(TOLD_OF) > 0;
    int millis = random.nextInt(longestMillis);
    if (anytime) {
      killLater(process, millis);
    }
    List<String> acknowledged = new ArrayList<>();
    boolean told = !Files.exists(last);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.endsWith(";")) {
          acknowledged.add(line.substring(0, line.length() - 1));
        } else if (line.startsWith("ready ")) {
          totals.ready(Long.parseLong(line.substring(6)), READY_LIMIT_MILLIS);
        } else if (line.startsWith("lost ")) {
          totals.lost += Long.parseLong(line.substring(5));
          told = true;
        } else if (line.startsWith("whole ") && !anytime) {
          totals.whole(Long.parseLong(line.substring(6)));
          killLater(process, millis); // from here on at a random moment of its work
        }
      }
    }
    if (process.waitFor() != 137) {
      throw new IllegalStateException("it ended by itself, with " + process.exitValue());
    }
    totals.kills++;
    totals.acknowledged += acknowledged.size();
    for (String number : acknowledged) {
      totals.next = Math.max(totals.next, Long.parseLong(number) + 1);
    }
    totals.next += 100; // what was committed, and not acknowledged any more
    Whole.addLines(acknowledged(), acknowledged);
    if (told) {
      Whole.writeLines(last, acknowledged);
    } else {
      Whole.addLines(last, acknowledged);
    }
  }

  private static void killLater(Process process, int millis) {
    Thread killer =
        new Thread(
            () -> {
              try {
                Thread.sleep(millis);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              process.toHandle().destroyForcibly();
            });
    killer.setDaemon(true);
    killer.start();
  }

  /**
   * Everything that was acknowledged; and each edit is there once. A number is acknowledged twice
   * where a batch was ended after its round was written and before the count was.
   */
  private long finish() throws Exception {
    List<Long> all =
        Files.readAllLines(acknowledged()).stream().map(Long::parseLong).distinct().toList();
    long lost = 0;
    try (Store store = Stores.open(StoreOptions.in(folder.resolve("data")))) {
      for (int from = 0; from < all.size(); from += 10_000) {
        lost += Committing.lost(store, all.subList(from, Math.min(all.size(), from + 10_000)));
      }
    }
    return lost + Once.twice(folder.resolve("data"));
  }

  private Path acknowledged() {
    return folder.resolve("acknowledged");
  }

  private void beginAnew() throws IOException {
    Path old = folder.resolve("old");
    delete(old); // where this was ended before
    Files.delete(folder.resolve("last"));
    Files.delete(acknowledged()); // first: what is asked for must be there
    Files.move(folder.resolve("data"), old);
    delete(old);
  }

  private static void delete(Path old) throws IOException {
    if (!Files.exists(old)) {
      return;
    }
    try (Stream<Path> files = Files.walk(old)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private List<String> command(Path last, long first) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-X"))
            .toList());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("commit", folder.resolve("data").toString(), last.toString()));
    command.add(Long.toString(first));
    return command;
  }
}
