package dev.assay.bench.lines;

import dev.assay.store.embedded.IndexTable;
import dev.assay.store.embedded.WholeIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One of the contenders, alone in this process: puts, hits, misses, disk, memory. */
@Command(name = "measure", description = "One contender, in this process", hidden = true)
final class Measure implements Callable<Integer> {
  /** Who can be measured, as the command names them. */
  enum Contender {
    INDEX,
    LINES,
    ROCKSDB,
    TABLE
  }

  /** Lines that are put at once: the edits of some commits. Fewer cannot be measured. */
  static final int CHUNK = 2_000 * Lines.EDIT;

  /** Edits whose lines are looked up at once: a pull request of a thousand lines. */
  private static final int EDITS_ASKED = 60;

  /** They lie in so much of all edits: 25 of 120 days. */
  private static final double ASKED_OF_ALL = 25.0 / 120;

  private static final double WARM_UP_SECONDS = 2;

  @Option(names = "--contender", required = true)
  private Contender contender = Contender.INDEX;

  @Option(names = "--lines", required = true)
  private long lines;

  @Option(names = "--threads", required = true)
  private int threads;

  @Option(names = "--seconds", required = true)
  private double seconds;

  @Option(names = "--folder", required = true)
  private Path folder = Path.of(".");

  private Lines opened() throws Exception {
    return switch (contender) {
      case INDEX -> new WholeIndex(folder, lines);
      case LINES -> new IndexTable(folder);
      case ROCKSDB -> new Rocks(folder);
      case TABLE -> new PlainTable(folder, lines);
    };
  }

  @Override
  public Integer call() throws Exception {
    lines = lines / CHUNK * CHUNK;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (Lines measured = opened()) {
      if (threads == 1 || measured.putsInParallel()) {
        say("put", lines / put(measured, executor));
      } else {
        put(measured, executor);
      }
      say("bytes", Memory.diskBytes(folder) / (double) lines);
      measured.settle();
      say("settled bytes", Memory.diskBytes(folder) / (double) lines);
      say("hit", asked(measured, executor, 0));
      say("miss", asked(measured, executor, lines));
      say("anonymous MiB", Memory.kib("RssAnon") / 1024.0);
      say("mapped MiB", Memory.kib("RssFile") / 1024.0);
    } finally {
      executor.shutdown();
    }
    return 0;
  }

  private static void say(String what, double value) {
    System.out.printf(Locale.ROOT, "%s\t%f%n", what, value);
  }

  /** Puts all lines, and brings them to disk; the seconds that it took. */
  private double put(Lines measured, ExecutorService executor) throws Exception {
    int parts = measured.putsInParallel() ? threads : 1;
    long nanos = 0;
    long begun = System.nanoTime();
    for (long from = 0; from < lines; from += (long) CHUNK * parts) {
      List<Callable<Void>> work = new ArrayList<>();
      for (int part = 0; part < parts; part++) {
        long first = Math.min(lines, from + (long) part * CHUNK);
        long last = Math.min(lines, first + CHUNK);
        measured.prepare(first, last);
        work.add(
            () -> {
              measured.put(first, last);
              return null;
            });
      }
      long start = System.nanoTime();
      all(executor, work);
      nanos += System.nanoTime() - start;
      if (from / CHUNK % 100 == 0) {
        System.err.printf(
            Locale.ROOT,
            "\r%s: %,d of %,d lines, %.0f s ",
            measured.name(),
            from,
            lines,
            (System.nanoTime() - begun) / 1e9);
      }
    }
    long start = System.nanoTime();
    measured.force();
    nanos += System.nanoTime() - start;
    System.err.println();
    return nanos / 1e9;
  }

  /** Lines that are looked up a second: those from a number on, as many as there are. */
  private double asked(Lines measured, ExecutorService executor, long first) throws Exception {
    rate(measured, executor, first, WARM_UP_SECONDS);
    return rate(measured, executor, first, seconds);
  }

  private double rate(Lines measured, ExecutorService executor, long first, double during)
      throws Exception {
    long end = System.nanoTime() + (long) (during * 1e9);
    List<Callable<Double>> work = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      SplittableRandom random = new SplittableRandom(thread + 1);
      work.add(
          () -> {
            long asked = 0;
            long nanos = 0;
            while (System.nanoTime() < end) {
              long[] batch = batch(random, first);
              Callable<Integer> question = measured.question(batch);
              long start = System.nanoTime();
              int found = question.call();
              nanos += System.nanoTime() - start;
              if (found != (first == 0 ? batch.length : 0)) {
                throw new IllegalStateException(
                    measured.name() + " found " + found + " of " + batch.length);
              }
              asked += batch.length;
            }
            return asked / (nanos / 1e9);
          });
    }
    return all(executor, work).stream().mapToDouble(Double::doubleValue).sum();
  }

  private long[] batch(SplittableRandom random, long first) {
    long edits = lines / Lines.EDIT;
    long some = Math.max(EDITS_ASKED, (long) (edits * ASKED_OF_ALL));
    long from = random.nextLong(edits - some + 1);
    long[] chosen = random.longs(from, from + some).distinct().limit(EDITS_ASKED).toArray();
    long[] batch = new long[EDITS_ASKED * Lines.EDIT];
    for (int i = 0; i < batch.length; i++) {
      batch[i] = first + chosen[i / Lines.EDIT] * Lines.EDIT + i % Lines.EDIT;
    }
    return batch;
  }

  private static <T> List<T> all(ExecutorService executor, List<Callable<T>> work)
      throws Exception {
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> each : executor.invokeAll(work)) {
        results.add(each.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return results;
  }
}
