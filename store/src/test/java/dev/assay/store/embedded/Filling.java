package dev.assay.store.embedded;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.Stores;
import dev.assay.store.contract.Given;
import dev.assay.store.fact.Observation;
import dev.assay.store.report.Filter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The process of {@link FullDiskTest}: commits where nothing is in the way, then where the database
 * can write nothing more and the journal can, then where neither can, and once more when there is
 * room again.
 */
final class Filling {
  static final String PRLIMIT = "/usr/bin/prlimit";
  static final int REFUSALS = 3;

  /** Of each edit. */
  static final int LINES = 20;

  private static final int AT_ONCE = 200;
  private static final int COMMITS = 3;

  /** Less than one commit. */
  private static final long LIMIT_BYTES = 1 << 10;

  private Filling() {}

  public static void main(String[] args) throws Exception {
    Path data = Path.of(args[0]);
    int first = 0;
    try (Store store = Stores.open(StoreOptions.in(data))) {
      for (int i = 0; i < COMMITS; i++, first += AT_ONCE) {
        commit(store, first);
      }
      store.reports().summary(Filter.ALL); // which waits until they are facts
      limitFiles(Long.toString(Files.size(data.resolve("facts.duckdb.wal"))));
      System.out.println("the database is full");
      for (int acknowledged = 0; acknowledged < COMMITS; first += AT_ONCE) {
        acknowledged += commit(store, first) ? 1 : 0;
      }
      limitFiles(Long.toString(LIMIT_BYTES));
      System.out.println("all is full");
      for (int i = 0; i < REFUSALS; i++, first += AT_ONCE) {
        commit(store, first);
      }
      limitFiles("unlimited");
      System.out.println("there is room");
      commit(store, first);
    }
  }

  private static boolean commit(Store store, int first) {
    try {
      store.commit(edits(first));
      for (int i = first; i < first + AT_ONCE; i++) {
        System.out.println("edit" + i);
      }
      return true;
    } catch (StoreUnavailableException e) {
      System.out.println(
          "refused: " + e.getMessage() + (store.health().ready() ? "; ready" : "; not ready"));
      return false;
    }
  }

  static void limitFiles(String soft) throws Exception {
    String pid = Long.toString(ProcessHandle.current().pid());
    int exit =
        new ProcessBuilder(PRLIMIT, "--pid", pid, "--fsize=" + soft + ":unlimited")
            .inheritIO()
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IllegalStateException("prlimit ended with " + exit);
    }
  }

  private static List<Observation> edits(int first) {
    List<Observation> edits = new ArrayList<>();
    for (int i = first; i < first + AT_ONCE; i++) {
      String[] lines = new String[LINES];
      for (int line = 0; line < lines.length; line++) {
        lines[line] = "int line" + line + "of" + i + " = " + Math.sin(i + line) + ";";
      }
      edits.add(Given.edit("edit" + i, "s1", "src/A" + i + ".java", lines));
    }
    return edits;
  }
}
