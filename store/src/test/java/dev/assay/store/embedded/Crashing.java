package dev.assay.store.embedded;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import dev.assay.store.contract.Given;
import dev.assay.store.fact.Source;
import java.nio.file.Path;
import java.util.List;

/**
 * The process that {@link CrashTest} kills: commits edits for ever from several threads, and says
 * which are acknowledged. Arguments: the data directory, and the number to begin with.
 */
final class Crashing {
  private static final int THREADS = 4;

  private Crashing() {}

  public static void main(String[] args) throws Exception {
    Store store = Stores.open(StoreOptions.in(Path.of(args[0])));
    int first = Integer.parseInt(args[1]);
    for (int thread = 0; thread < THREADS; thread++) {
      int begin = first + thread;
      new Thread(() -> commitForEver(store, begin)).start();
    }
  }

  private static void commitForEver(Store store, int begin) {
    try {
      for (int number = begin; ; number += THREADS) {
        store.commit(
            List.of(
                Given.edit(
                    Source.TRANSCRIPT,
                    "edit" + number,
                    "s" + number % 7,
                    Given.NOON.plusSeconds(number),
                    "src/A" + number % 50 + ".java",
                    line(number),
                    "a common line of all")));
        synchronized (System.out) {
          System.out.println(number + ";");
        }
      }
    } catch (Exception e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  static String line(int number) {
    return "int line" + number + " = " + number + ";";
  }
}
