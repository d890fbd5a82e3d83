package dev.assay.bench.crash;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import dev.assay.store.fact.EditFact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The process that is killed: opens the store, asks for what the one before had acknowledged, and
 * commits until its end. Arguments: the data directory, the file of acknowledged numbers, and the
 * number to begin with. It prints {@code ready MILLIS}, {@code lost N}, {@code whole MILLIS}, and
 * each acknowledged number with a semicolon behind it.
 */
final class Committing {
  private static final int THREADS = 4;

  private Committing() {}

  static void run(Path data, Path acknowledged, long first) throws Exception {
    long began = System.nanoTime();
    Store store = Stores.open(StoreOptions.in(data));
    say("ready " + (System.nanoTime() - began) / 1_000_000);
    for (int thread = 0; thread < THREADS; thread++) {
      long begin = first + thread;
      new Thread(() -> commitForEver(store, begin)).start();
    }
    if (Files.exists(acknowledged)) {
      List<Long> before =
          Files.readAllLines(acknowledged).stream().map(Long::parseLong).distinct().toList();
      say("lost " + lost(store, before));
    }
    while (store.health().indexRebuilding()) {
      Thread.sleep(10);
    }
    say("whole " + (System.nanoTime() - began) / 1_000_000);
  }

  /** How many are not there, or not by their line: that question waits for the index. */
  static long lost(Store store, List<Long> numbers) {
    if (numbers.isEmpty()) {
      return 0;
    }
    long least = numbers.stream().mapToLong(Long::longValue).min().getAsLong();
    long most = numbers.stream().mapToLong(Long::longValue).max().getAsLong();
    List<String> ids = numbers.stream().map(Edits::id).toList();
    List<String> lines = numbers.stream().map(Edits::line).toList();
    long missing = (long) numbers.size() - store.edits().byId(ids).size();
    Set<String> found = new HashSet<>();
    for (EditFact edit :
        store
            .edits()
            .withLines(List.of(Edits.REPOSITORY), lines, Edits.time(least), Edits.time(most))) {
      found.add(edit.toolUseId());
    }
    return missing + ids.stream().filter(id -> !found.contains(id)).count();
  }

  private static void commitForEver(Store store, long begin) {
    try {
      for (long number = begin; ; number += THREADS) {
        store.commit(List.of(Edits.of(number)));
        say(number + ";");
      }
    } catch (Exception e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
