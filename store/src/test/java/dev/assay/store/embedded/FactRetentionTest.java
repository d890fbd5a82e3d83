package dev.assay.store.embedded;

import static dev.assay.store.contract.Given.NOON;
import static dev.assay.store.contract.Given.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.Store;
import dev.assay.store.StoreHealth;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.contract.Given;
import dev.assay.store.contract.Histories;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.DecisionObservation.Outcome;
import dev.assay.store.fact.EditFact;
import dev.assay.store.fact.ExporterSeen;
import dev.assay.store.fact.Identity;
import dev.assay.store.fact.MetricSample;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.SessionObservation;
import dev.assay.store.fact.Source;
import dev.assay.store.fact.Survival;
import dev.assay.store.fact.Verdict;
import dev.assay.store.report.Filter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Facts go when they were kept long enough or have no room, and leave nothing behind. */
final class FactRetentionTest {
  private static final int KEPT_DAYS = 30;
  private static final LocalDate TENTH = LocalDate.of(2026, 11, 10);

  @TempDir Path folder;
  private Instant now = NOON;

  private StoreOptions options(String name) {
    return StoreOptions.in(folder.resolve(name))
        .withFsync(false)
        .withLineRetentionDays(KEPT_DAYS)
        .withRetentionDays(KEPT_DAYS);
  }

  private EmbeddedStore open(StoreOptions options) throws Exception {
    return EmbeddedStore.open(options, () -> now);
  }

  private void daysLater(int days) {
    now = NOON.plus(Duration.ofDays(days));
  }

  private static StoreHealth.Retention retention(Store store) {
    return Objects.requireNonNull(store.health().retention());
  }

  /** Of the tenth: each kind, and a pull request with a verdict. */
  private static List<Observation> old() {
    return List.of(
        Given.session("s1", "ann@acme.example"),
        Given.decision(Source.EVENT, "t1", "s1", Outcome.ACCEPTED, "config"),
        Given.edit("t1", "s1", "src/A.java", "int answer = 42;", "int other = 43;"),
        Given.usage(Source.EVENT, "m1", "r1", "s1", 100, "0.25"),
        Given.sample("claude_code.commit.count", NOON, "s1", 1),
        Given.sample("claude_code.session.count", NOON, null, 1, "user.email", "bob@acme.example"),
        new ExporterSeen(Source.EVENT, NOON, "claude-code", "i1", "2", "laptop", 0));
  }

  /** The same of a later day, of other keys but of the one session. */
  private static List<Observation> young(Instant time) {
    return List.of(
        new SessionObservation(
            Source.EVENT,
            time,
            "s1",
            new Identity("ann@acme.example", null, null, null, null, null),
            "vscode",
            "cli",
            null,
            null,
            "2.1.330",
            null,
            true),
        Given.edit(Source.TRANSCRIPT, "t2", "s1", time, "src/A.java", "int third = 44;"),
        Given.sample("claude_code.commit.count", time, "s1", 1),
        Given.sample("claude_code.commit.count", time, "s2", 1));
  }

  private static Change merge(Store store, int number, Instant at) throws Exception {
    Change change = Given.pullRequest(number, "ann@acme.example", at);
    store.changes().found(List.of(change));
    store.changes().decided(List.of(attribution(change)));
    store
        .changes()
        .survived(
            List.of(
                new Survival(
                    change.key(),
                    7,
                    "c1",
                    NOON,
                    new Survival.Count(1, 1),
                    new Survival.Count(0, 0),
                    null)));
    return change;
  }

  private static Attribution attribution(Change change) {
    Verdict with = new Verdict("src/A.java", 1, true, true, "exact", "s1", "t1", 0, null);
    return new Attribution(change, Attribution.State.FINAL, null, 1, 1, NOON, true, List.of(with));
  }

  private static long rows(EmbeddedStore store, String table) {
    long[] rows = new long[1];
    store.database().read("SELECT count(*) FROM " + table, row -> rows[0] = row.number());
    return rows[0];
  }

  private static final List<String> TABLES =
      List.of(
          "sessions",
          "decisions",
          "edits",
          "edit_lines",
          "usage",
          "usage_ids",
          "samples",
          "exporters",
          "changes",
          "verdicts",
          "survival");

  @Test
  void facts_areKeptForSoManyDays_andNotOneMore() throws Exception {
    try (EmbeddedStore store = open(options("store"))) {
      store.commit(old());
      merge(store, 1, NOON);
      store.settle();
      daysLater(KEPT_DAYS - 1);
      assertThat(store.expireFacts()).isZero();
      assertThat(TABLES).allMatch(table -> rows(store, table) > 0);
      assertThat(store.reports().summary(Filter.ALL).users()).isEqualTo(2);
      assertThat(retention(store).oldestDay()).isEqualTo(TENTH);
      assertThat(store.edits().inFiles(List.of(REPOSITORY), List.of("src/A.java"), NOON, NOON))
          .as("the line index has it")
          .hasSize(1);
      assertThat(store.edits().withoutLines(List.of("t1"), NOON)).hasSize(1);
      daysLater(KEPT_DAYS);
      long gone = store.expireFacts();
      assertThat(store.edits().withoutLines(List.of("t1"), NOON))
          .as("also before the line index has heard of it")
          .isEmpty();
      assertThat(TABLES).allMatch(table -> rows(store, table) == 0);
      assertThat(gone).isEqualTo(13);
      assertThat(retention(store).deletedRows()).isEqualTo(gone);
      assertThat(store.expireFacts()).isZero();
      assertThat(store.reports().summary(Filter.ALL).users()).isZero();
      assertThat(retention(store).oldestDay()).isNull();
    }
  }

  @Test
  void figures_areThoseOfAStoreThatNeverHadTheOldFacts() throws Exception {
    Instant later = NOON.plus(Duration.ofDays(40));
    try (EmbeddedStore store = open(options("had"));
        EmbeddedStore never = open(options("never"))) {
      store.commit(old());
      merge(store, 1, NOON);
      for (EmbeddedStore each : List.of(store, never)) {
        each.commit(young(later));
        merge(each, 2, later);
      }
      FactReports reports = new FactReports(store);
      LocalDate day = TENTH.plusDays(40);
      assertThat(reports.fromSums(Filter.ALL, day))
          .isNotEqualTo(new FactReports(never).fromSums(Filter.ALL, day));
      daysLater(41);
      assertThat(store.expireFacts()).isPositive();
      var figures = reports.fromSums(Filter.ALL, day);
      assertThat(figures).isEqualTo(reports.fromFacts(Filter.ALL, day));
      assertThat(figures).isEqualTo(new FactReports(never).fromSums(Filter.ALL, day));
    }
  }

  @Test
  void figures_followTheFacts_whereverTheLineIsDrawn() throws Exception {
    for (int seed = 0; seed < 2; seed++) {
      try (EmbeddedStore store = open(options("store" + seed))) {
        FactReports reports = new FactReports(store);
        store.commit(new Histories(seed).observations(250));
        LocalDate day = TENTH.plusDays(2);
        for (int gone = 1; gone < 4; gone++) {
          daysLater(KEPT_DAYS + gone - 1);
          assertThat(store.expireFacts()).isPositive();
          assertThat(reports.fromSums(Filter.ALL, day))
              .as("seed %d, %d days", seed, gone)
              .isEqualTo(reports.fromFacts(Filter.ALL, day));
        }
      }
      now = NOON;
    }
  }

  @Test
  void aCounterThatGoesOn_countsNoMoreOnItsFirstDayThanBefore() throws Exception {
    Instant next = NOON.plus(Duration.ofDays(1));
    try (EmbeddedStore store = open(options("store"))) {
      store.commit(List.of(counter(NOON, 8), counter(NOON.plusSeconds(60), 10), counter(next, 12)));
      assertThat(commits(store)).isEqualTo(12);
      daysLater(KEPT_DAYS);
      assertThat(store.expireFacts()).isEqualTo(1);
      assertThat(commits(store)).isEqualTo(2);
      daysLater(KEPT_DAYS + 1);
      assertThat(store.expireFacts()).isEqualTo(2);
      assertThat(rows(store, "samples")).isZero();
    }
  }

  private static MetricSample counter(Instant time, double value) {
    return new MetricSample(
        time,
        NOON.minusSeconds(60),
        "claude_code.commit.count",
        "",
        new TreeMap<>(),
        "s1",
        new Identity(null, null, null, null, null, null),
        true,
        value);
  }

  private static double commits(EmbeddedStore store) {
    assertThat(store.reports().summary(Filter.ALL)).isNotNull();
    double[] sum = new double[1];
    store.database().read("SELECT coalesce(sum(commits), 0) FROM work", row -> sum[0] = row.real());
    return sum[0];
  }

  @Test
  void whatComesTooLate_isLeftOut_andCounted() throws Exception {
    StoreOptions options = options("store");
    try (EmbeddedStore store = open(options)) {
      store.commit(old());
      Change change = merge(store, 1, NOON);
      store.settle();
      daysLater(KEPT_DAYS);
      store.expireFacts();
      assertThat(retention(store).refused()).isZero();
      store.commit(old());
      assertThat(store.edits().byId(List.of("t1"))).isEmpty();
      assertThat(retention(store).refused()).as("all but who exported").isEqualTo(6);
      store.changes().found(List.of(change));
      store.changes().decided(List.of(attribution(change)));
      assertThat(store.changes().summary(change.key())).isEmpty();
      assertThat(store.edits().keptFrom()).isEqualTo("2026-11-11T00:00:00Z");
    }
    try (EmbeddedStore store = open(options.withRetentionDays(0))) {
      Instant first = Instant.parse("2026-11-11T00:00:00Z");
      store.commit(
          List.of(
              Given.edit(Source.EVENT, "t3", "s1", first, "src/A.java", "a"),
              Given.edit(Source.EVENT, "t4", "s1", first.minusMillis(1), "src/A.java", "a")));
      assertThat(store.edits().byId(List.of("t3", "t4")))
          .extracting(EditFact::toolUseId)
          .containsExactly("t3");
      assertThat(retention(store).refused()).isOne();
    }
  }

  @Test
  void factsInMemory_goToo() throws Exception {
    Instant later = NOON.plus(Duration.ofDays(40));
    try (EmbeddedStore store = open(options("store"))) {
      store.commit(old());
      store.settle();
      daysLater(41);
      store.expireFacts();
      Identity nobody = new Identity(null, null, null, null, null, "install1");
      SessionObservation again =
          new SessionObservation(
              Source.EVENT, later, "s1", nobody, null, null, null, null, null, null, true);
      store.commit(List.of(again));
      store.settle();
      List<String> known = new ArrayList<>();
      store
          .database()
          .read("SELECT coalesce(email, 'none') FROM sessions", row -> known.add(row.text()));
      assertThat(known).containsExactly("none");
    }
  }

  @Test
  void versions_areNotGivenOutAgain() throws Exception {
    long before;
    try (EmbeddedStore store = open(options("store"))) {
      store.commit(List.of(Given.edit("t1", "s1", "src/A.java", "int answer = 42;")));
      before = version(store);
      daysLater(KEPT_DAYS);
      store.expireFacts();
    }
    try (EmbeddedStore store = open(options("store"))) {
      store.commit(List.of(Given.edit(Source.EVENT, "t2", "s1", now, "src/A.java", "a line")));
      assertThat(version(store)).isGreaterThan(before);
      assertThat(store.edits().withLines(List.of(REPOSITORY), List.of("a line"), now, now))
          .hasSize(1);
    }
  }

  private static long version(Store store) {
    return store.edits().version(List.of(REPOSITORY), Instant.EPOCH, NOON.plusSeconds(1L << 32));
  }

  /** Lines of old transcripts are younger than the facts: they were received later. */
  @Test
  void theLineIndex_forgetsThem_inAWindowThatStays() throws Exception {
    StoreOptions options = options("store");
    Instant next = NOON.plus(Duration.ofDays(1));
    daysLater(20);
    try (EmbeddedStore store = open(options)) {
      store.commit(
          List.of(
              Given.edit("t1", "s1", "src/A.java", "an old secret"),
              Given.edit(Source.TRANSCRIPT, "t2", "s1", next, "src/A.java", "int other = 43;")));
      assertThat(candidates(store)).containsExactly("t1", "t2");
      daysLater(KEPT_DAYS);
      store.expireFacts();
      store.commit(
          List.of(Given.edit(Source.TRANSCRIPT, "t3", "s1", next, "src/A.java", "int c = 44;")));
    }
    try (EmbeddedStore store = open(options)) {
      assertThat(candidates(store)).containsExactly("t2", "t3");
      assertThat(store.edits().withLines(List.of(REPOSITORY), List.of("an old secret"), NOON, next))
          .isEmpty();
    }
    assertNoText(options);
  }

  private static void assertNoText(StoreOptions options) throws Exception {
    try (var files = Files.list(options.dataDir().resolve("lines"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".edits")).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .contains("int other = 43;")
            .doesNotContain("an old secret");
      }
    }
  }

  private static List<String> candidates(Store store) {
    return store
        .edits()
        .inFiles(List.of(REPOSITORY), List.of("src/A.java"), NOON, NOON.plus(Duration.ofDays(1)))
        .stream()
        .map(EditFact::toolUseId)
        .toList();
  }

  @Test
  void aCrash_beforeTheCommit_losesNothing_andAfterIt_leavesNothing() throws Exception {
    StoreOptions options = options("store");
    Instant next = NOON.plus(Duration.ofDays(1));
    daysLater(20);
    try (EmbeddedStore store = open(options)) {
      store.commit(old());
      store.commit(
          List.of(
              Given.edit("t0", "s1", "src/A.java", "an old secret"),
              Given.edit(Source.TRANSCRIPT, "t2", "s1", next, "src/A.java", "int other = 43;")));
      assertThat(store.reports().summary(Filter.ALL).linesAccepted()).isEqualTo(4);
    }
    halt(options, "before");
    try (EmbeddedStore store = open(options)) {
      assertThat(candidates(store)).containsExactly("t0", "t1", "t2");
      assertThat(store.edits().keptFrom()).isEqualTo(Instant.EPOCH);
      assertThat(store.reports().summary(Filter.ALL).linesAccepted()).isEqualTo(4);
    }
    halt(options, "after");
    try (EmbeddedStore store = open(options)) {
      assertThat(candidates(store)).containsExactly("t2");
      assertThat(store.reports().summary(Filter.ALL).linesAccepted()).isEqualTo(1);
      assertThat(store.edits().keptFrom()).isEqualTo("2026-11-11T00:00:00Z");
    }
    assertNoText(options);
  }

  private static void halt(StoreOptions options, String when) throws Exception {
    Process process =
        new ProcessBuilder(ChildProcess.java(Halting.class, options.dataDir().toString(), when))
            .inheritIO()
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(Halting.HALTED);
  }

  @Test
  void theOldestDaysGo_whereTheDatabaseIsOneBlockTooLarge() throws Exception {
    StoreOptions options = options("store").withRetentionDays(0);
    long used;
    daysLater(59);
    try (EmbeddedStore store = open(options)) {
      fill(store, 60, 10_000);
    }
    try (EmbeddedStore store = open(options)) { // the log is in the file now
      used = retention(store).usedBytes();
    }
    try (EmbeddedStore store = open(options.withRetentionBytes(used))) {
      assertThat(store.expireFacts()).as("just at the limit").isZero();
      assertThat(retention(store).tooLarge()).isFalse();
    }
    try (EmbeddedStore store = open(options.withRetentionBytes(used - 1))) {
      assertThat(expireAlone(store)).as("above it").isPositive();
      assertThat(retention(store).usedBytes()).isLessThan(used);
      assertThat(retention(store).tooLarge()).isFalse();
      assertThat(first(store)).isBetween(TENTH.plusDays(1), TENTH.plusDays(28));
    }
    try (EmbeddedStore store = open(options.withRetentionBytes(1))) {
      assertThat(expireAlone(store)).isPositive();
      assertThat(first(store)).as("the lines' days stay").isEqualTo(TENTH.plusDays(30));
      assertThat(retention(store).tooLarge()).isTrue();
      assertThat(store.expireFacts()).isZero();
    }
  }

  /** At its start the store itself reads all keys; until then it is not alone. */
  private static long expireAlone(EmbeddedStore store) throws Exception {
    long gone = 0;
    for (int tried = 0; tried < 20 && gone == 0; tried++) {
      gone = store.expireFacts();
    }
    return gone;
  }

  /** Decisions that hardly compress, of so many days from the tenth on. */
  private static void fill(EmbeddedStore store, int days, int ofDay) throws Exception {
    store
        .database()
        .update(
            connection -> {
              try (var statement = connection.createStatement()) {
                statement.execute(
                    String.format(
                        """
                        INSERT INTO decisions BY NAME
                        SELECT md5(i::VARCHAR) AS tool_use_id, md5('s' || i) AS session_id,
                          (%d + i // %d) * 86400000000 AS time_micros, %d + i // %d AS day
                        FROM range(%d) t(i)
                        """,
                        TENTH.toEpochDay(), ofDay, TENTH.toEpochDay(), ofDay, days * ofDay));
              }
            });
  }

  private static LocalDate first(EmbeddedStore store) {
    long[] day = new long[1];
    store.database().read("SELECT min(day) FROM decisions", row -> day[0] = row.number());
    return LocalDate.ofEpochDay(day[0]);
  }

  @Test
  void whileSomebodyReads_nothingGoesForWantOfRoom() throws Exception {
    StoreOptions options = options("store").withRetentionDays(0).withRetentionBytes(1);
    daysLater(59);
    try (EmbeddedStore store = open(options)) {
      fill(store, 60, 10);
    }
    try (EmbeddedStore store = open(options)) {
      long[] gone = new long[1];
      store
          .database()
          .read(
              "SELECT 1",
              row -> {
                try {
                  gone[0] = store.expireFacts();
                } catch (StoreUnavailableException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(gone[0]).isZero();
      assertThat(expireAlone(store)).isEqualTo(300);
    }
  }
}
