package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.StoreOptions;
import dev.assay.store.contract.Given;
import dev.assay.store.contract.Histories;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.Identity;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.Source;
import dev.assay.store.fact.Verdict;
import dev.assay.store.report.Filter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A figure from sums is the figure from facts, whatever came when. */
final class SumsTest {
  private static final LocalDate TENTH = LocalDate.of(2026, 11, 10);
  private static final List<ZoneId> ZONES =
      List.of(ZoneOffset.UTC, ZoneId.of("America/St_Johns"), ZoneId.of("Pacific/Kiritimati"));

  /** More of them with -Dassay.seeds. */
  private static final int SEEDS = Integer.getInteger("assay.seeds", 3);

  @TempDir Path folder;

  @Test
  void figures_areThoseOfTheFacts_afterEachCommit() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      StoreOptions options = options(seed).withZone(ZONES.get(seed % ZONES.size()));
      try (EmbeddedStore store = EmbeddedStore.open(options, () -> Given.NOON)) {
        FactReports reports = new FactReports(store);
        List<Observation> history = new Histories(seed).observations(120);
        for (int at = 0; at < history.size(); ) {
          int next = Math.min(history.size(), at + 1 + random.nextInt(50));
          store.commit(history.subList(at, next));
          at = next;
          check("seed " + seed + " after " + at, reports, random);
        }
      }
    }
  }

  private StoreOptions options(int seed) {
    return StoreOptions.in(folder.resolve("store" + seed)).withFsync(false);
  }

  private static void check(String when, FactReports reports, Random random) {
    for (boolean everybody : new boolean[] {true, false}) {
      Filter filter =
          new Filter(
              one(random, TENTH.minusDays(9), TENTH, TENTH.plusDays(1)),
              one(random, TENTH.plusDays(1), TENTH.plusDays(20), TENTH.plusDays(62)),
              everybody ? null : one(random, "h/o/a", "h/o/b"),
              everybody ? null : one(random, "ann@acme.example"));
      LocalDate day = TENTH.plusDays(random.nextInt(64));
      assertThat(reports.fromSums(filter, day))
          .as("%s, %s", when, filter)
          .isEqualTo(reports.fromFacts(filter, day));
    }
  }

  @SafeVarargs
  private static <T> @Nullable T one(Random random, T... values) {
    return random.nextBoolean() ? null : values[random.nextInt(values.length)];
  }

  @Test
  void figures_afterARestartWithOtherAliases() throws Exception {
    List<Observation> history = new Histories(99).observations(200);
    try (EmbeddedStore store = EmbeddedStore.open(options(99), () -> Given.NOON)) {
      store.commit(history);
      check("before", new FactReports(store), new Random(1));
      store.commit(new Histories(98).observations(20));
      // Closed without having been asked: what was touched is known after the restart.
    }
    try (EmbeddedStore store = EmbeddedStore.open(options(99), () -> Given.NOON)) {
      check("again", new FactReports(store), new Random(2));
    }
    Map<String, Set<String>> aliases = Map.of("Ann", Set.of("ann@acme.example", "install1"));
    try (EmbeddedStore store =
        EmbeddedStore.open(options(99).withAliases(aliases), () -> Given.NOON)) {
      check("with aliases", new FactReports(store), new Random(3));
      assertThat(store.reports().team(YearMonth.of(2026, 11)))
          .anyMatch(member -> member.user().equals("Ann"));
    }
  }

  @Test
  void figures_afterLinesExpired() throws Exception {
    Instant[] now = {Given.NOON};
    try (EmbeddedStore store = EmbeddedStore.open(options(0), () -> now[0])) {
      FactReports reports = new FactReports(store);
      store.commit(List.of(Given.edit("t1", "s1", "src/A.java", "one", "two")));
      assertThat(store.reports().coverage().sessionsWithoutEdits()).isZero();
      now[0] = now[0].plus(Duration.ofDays(122));
      assertThat(store.expireLines()).isEqualTo(1);
      assertThat(store.reports().coverage().sessionsWithoutEdits()).isEqualTo(1);
      check("expired", reports, new Random(4));
    }
  }

  @Test
  void figures_whereASessionsNameComesLate() throws Exception {
    try (EmbeddedStore store = EmbeddedStore.open(options(0), () -> Given.NOON)) {
      store.commit(List.of(Given.edit("t1", "s1", "src/A.java", "one", "two")));
      Filter ann = new Filter(null, null, null, "ann@acme.example");
      assertThat(store.reports().summary(ann).linesAccepted()).isZero();
      Identity identity = new Identity("ann@acme.example", null, null, null, null, null);
      store.commit(List.of(Given.session(Source.EVENT, "s1", identity)));
      assertThat(store.reports().summary(ann).linesAccepted()).isEqualTo(2);
      check("named", new FactReports(store), new Random(5));
    }
  }

  @Test
  void aSessionThatGoesOn_countsOnceInARange() throws Exception {
    try (EmbeddedStore store = EmbeddedStore.open(options(0), () -> Given.NOON)) {
      for (int day = 0; day < 3; day++) {
        Instant time = Given.NOON.plus(Duration.ofDays(day));
        store.commit(List.of(Given.edit(Source.TRANSCRIPT, "t" + day, "s1", time, "A.java", "x")));
      }
      assertThat(store.reports().summary(Filter.ALL).sessions()).isEqualTo(1);
      Filter last = new Filter(TENTH.plusDays(1), TENTH.plusDays(2), null, null);
      assertThat(store.reports().summary(last).sessions()).isEqualTo(1);
      assertThat(store.reports().adoption(Filter.ALL)).allMatch(each -> each.sessions() == 1);
    }
  }

  @Test
  void verdicts_ofADirectoryThatDidNotKnowWhenTheyWereDecided() throws Exception {
    Change change = Given.pullRequest(1, "ann@acme.example", Given.NOON);
    Verdict with = new Verdict("src/A.java", 1, true, true, "exact", "s1", "t1", 0, null);
    Attribution attribution =
        new Attribution(
            change, Attribution.State.FINAL, null, 1, 1, Given.NOON, true, List.of(with));
    try (EmbeddedStore store = EmbeddedStore.open(options(0), () -> Given.NOON)) {
      store.changes().found(List.of(change));
      store.changes().decided(List.of(attribution));
      store
          .database()
          .update(
              connection -> {
                try (var statement = connection.createStatement()) {
                  statement.execute("ALTER TABLE verdicts DROP COLUMN decided_micros");
                  statement.execute("ALTER TABLE survival DROP COLUMN number");
                  statement.execute("ALTER TABLE survival DROP COLUMN day");
                  statement.execute("UPDATE meta SET value = '1' WHERE name = 'schema'");
                }
              });
    }
    try (EmbeddedStore store = EmbeddedStore.open(options(0), () -> Given.NOON)) {
      assertThat(store.changes().attribution(change.key())).contains(attribution);
      store.changes().decided(List.of(attribution));
      assertThat(store.changes().attribution(change.key())).contains(attribution);
    }
  }
}
