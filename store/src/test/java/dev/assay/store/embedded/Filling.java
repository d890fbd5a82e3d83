package dev.assay.store.embedded;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.Stores;
import dev.assay.store.contract.Given;
import dev.assay.store.fact.Observation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The process of {@link FullDiskTest}: commits until it is refused a few times, and once more. */
final class Filling {
  static final String PRLIMIT = "/usr/bin/prlimit";
  static final int REFUSALS = 3;

  /** Of each edit. */
  static final int LINES = 20;

  private static final int AT_ONCE = 200;
  private static final long LIMIT_BYTES = 4L << 20;

  private Filling() {}

  public static void main(String[] args) throws Exception {
    try (Store store = Stores.open(StoreOptions.in(Path.of(args[0])))) {
      // Later than the engine's own files, which are larger.
      limitFiles(Long.toString(LIMIT_BYTES));
      int first = 0;
      for (int refusals = 0; refusals < REFUSALS; first += AT_ONCE) {
        refusals += commit(store, first) ? 0 : 1;
      }
      limitFiles("unlimited");
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

  private static void limitFiles(String soft) throws Exception {
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
