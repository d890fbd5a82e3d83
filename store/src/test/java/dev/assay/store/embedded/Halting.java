package dev.assay.store.embedded;

import dev.assay.store.StoreOptions;
import dev.assay.store.contract.Given;
import dev.assay.store.join.Join;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * The process of {@link FactRetentionTest} that takes facts away and ends without a word, before or
 * after the commit. Arguments: the data directory, and which.
 */
final class Halting {
  static final int HALTED = 77;

  private Halting() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    long before = Join.micros(Given.NOON.plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.DAYS));
    Database database = Database.open(DataDirectory.take(folder), StoreOptions.in(folder));
    Transaction tx = Transaction.begin(database.writer(), 100);
    OldFacts.delete(tx, before);
    if (args[1].equals("after")) {
      database.writer().commit();
    }
    Runtime.getRuntime().halt(HALTED);
  }
}
