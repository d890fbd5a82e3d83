package dev.assay.store.embedded;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.Stores;
import dev.assay.store.contract.Given;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The process of {@link FaultTest}, whose system calls fail on order. It commits the edit of each
 * number that it reads, and makes an empty file when it is done (a write may be what fails); {@code
 * tell} makes it print what became of them, and {@code recover} wait before that until it is ready.
 */
final class Faulting {
  private Faulting() {}

  public static void main(String[] args) throws Exception {
    Path done = Path.of(args[1]);
    List<String> said = new ArrayList<>();
    try (Store store = Stores.open(StoreOptions.in(Path.of(args[0])));
        BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      Files.createFile(done.resolve("open"));
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        if (order.equals("recover")) {
          for (int i = 0; i < 600 && !store.health().ready(); i++) {
            Thread.sleep(100);
          }
        }
        if (order.equals("tell") || order.equals("recover")) {
          store
              .edits()
              .nestedPaths(List.of(), List.of()); // waits until what was acknowledged is a fact
          said.add(store.health().ready() ? "ready" : "not ready: " + store.health().failure());
          System.out.println(String.join("\n", said) + "\nend");
          said.clear();
        } else {
          said.add(commit(store, order));
          Files.createFile(done.resolve(order));
        }
      }
    }
  }

  private static String commit(Store store, String number) {
    try {
      store.commit(
          List.of(Given.edit("edit" + number, "s1", "src/A.java", "int line" + number + " = 1;")));
      return "edit" + number;
    } catch (StoreUnavailableException e) {
      return "refused for " + e.retryAfterMillis() + ": " + e.getMessage();
    }
  }
}
