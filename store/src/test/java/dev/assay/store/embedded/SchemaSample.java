package dev.assay.store.embedded;

import static dev.assay.store.contract.Given.NOON;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.Stores;
import dev.assay.store.contract.Given;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.DecisionObservation.Outcome;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.Source;
import dev.assay.store.fact.Survival;
import dev.assay.store.fact.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The data directories of older schemas under {@code testdata/stores}: this class, as it was then,
 * wrote them. Before the schema changes, run {@link #main} with an empty directory on the code as
 * it is, and keep its {@code facts.duckdb} and {@code facts.duckdb.wal}, compressed.
 */
final class SchemaSample {
  static final int EDITS = 40;

  private SchemaSample() {}

  /** Leaves the database as a kill does: half in its file, half in its log. */
  public static void main(String[] args) throws Exception {
    StoreOptions options = StoreOptions.in(Path.of(args[0]));
    try (Store store = Stores.open(options)) {
      older(store);
    }
    newer(Stores.open(options));
    Runtime.getRuntime().halt(0);
  }

  static void older(Store store) throws StoreUnavailableException {
    List<Observation> all = new ArrayList<>();
    for (int s = 0; s < 4; s++) {
      all.add(Given.session("s" + s, "dev" + s + "@acme.example"));
    }
    for (int i = 0; i < EDITS; i++) {
      all.add(edit(i));
      all.add(
          Given.decision(
              Source.EVENT,
              "t" + i,
              "s" + i % 4,
              i % 5 == 0 ? Outcome.REJECTED : Outcome.ACCEPTED,
              "user_temporary"));
      all.add(Given.usage(Source.EVENT, "m" + i, "r" + i, "s" + i % 4, 100 + i, "0.0" + (i + 10)));
    }
    all.add(Given.withheld("t-withheld", "s1", NOON, "src/Secret.java"));
    store.commit(all);
    store.edits().repositories(); // waits: a transaction of its own, as it was then
  }

  static void newer(Store store) throws StoreUnavailableException {
    List<Observation> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      all.add(
          Given.sample(
              "claude_code.token.usage",
              NOON.plus(Duration.ofHours(i)),
              "native" + i % 3,
              10 + i,
              "type",
              "input",
              "user.email",
              "native" + i % 3 + "@acme.example"));
    }
    all.add(edit(EDITS));
    store.commit(all);
    store.edits().repositories(); // waits: a transaction of its own, as it was then
    Change change = Given.pullRequest(1, "dev1@acme.example", NOON.plus(Duration.ofDays(1)));
    store.changes().found(List.of(change));
    List<Verdict> verdicts = new ArrayList<>();
    for (int line = 1; line <= 12; line++) {
      verdicts.add(verdict(line));
    }
    store.changes().decided(List.of(attribution(change, verdicts)));
    store.changes().survived(List.of(survival(change)));
  }

  private static Observation edit(int i) {
    return Given.edit(
        Source.TRANSCRIPT,
        "t" + i,
        "s" + i % 4,
        NOON.plusSeconds(i),
        "src/A" + i % 7 + ".java",
        "int line" + i + " = " + i + ";",
        "a common line of all");
  }

  private static Verdict verdict(int line) {
    return line % 3 == 0
        ? new Verdict("src/A1.java", line, true, false, null, null, null, 0, "no-candidate")
        : new Verdict("src/A1.java", line, true, true, "exact", "s1", "t1", 0, null);
  }

  private static Attribution attribution(Change change, List<Verdict> verdicts) {
    return new Attribution(
        change,
        Attribution.State.PROVISIONAL,
        null,
        1,
        2,
        NOON.plus(Duration.ofDays(2)),
        true,
        verdicts);
  }

  private static Survival survival(Change change) {
    return new Survival(
        change.key(),
        7,
        "c7",
        NOON.plus(Duration.ofDays(2)),
        new Survival.Count(8, 7),
        new Survival.Count(4, 2),
        null);
  }
}
