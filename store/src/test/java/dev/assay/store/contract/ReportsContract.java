package dev.assay.store.contract;

import static dev.assay.store.contract.Given.NOON;
import static dev.assay.store.contract.Given.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.DecisionObservation.Outcome;
import dev.assay.store.fact.ExporterSeen;
import dev.assay.store.fact.GitObservation;
import dev.assay.store.fact.Identity;
import dev.assay.store.fact.SessionClaim;
import dev.assay.store.fact.Source;
import dev.assay.store.fact.Survival;
import dev.assay.store.fact.Survival.Count;
import dev.assay.store.fact.Verdict;
import dev.assay.store.report.AdoptionDay;
import dev.assay.store.report.AnalyticsRow;
import dev.assay.store.report.ContributionRow;
import dev.assay.store.report.Coverage;
import dev.assay.store.report.Filter;
import dev.assay.store.report.LeaderboardRow;
import dev.assay.store.report.PullRequestDay;
import dev.assay.store.report.SpendDay;
import dev.assay.store.report.SpendRow;
import dev.assay.store.report.Summary;
import dev.assay.store.report.SurvivalMonth;
import dev.assay.store.report.TeamMember;
import dev.assay.store.report.Tokens;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The figures. */
public abstract class ReportsContract extends WithStore {
  private static final LocalDate TENTH = LocalDate.of(2026, 11, 10);
  private static final String SESSIONS = "claude_code.session.count";

  @Test
  void adoption_countsDaysWithActivityOfTheirOwn() throws StoreUnavailableException {
    store.commit(
        List.of(
            Given.session("s1", "ann@acme.example"),
            Given.session("s2", "ann@acme.example"),
            Given.session("s3", "bob@acme.example"),
            Given.session("idle", "carl@acme.example"),
            Given.edit("t1", "s1", "src/A.java", "one"),
            Given.usage(Source.EVENT, null, "r1", "s2", 7, "0.5"),
            Given.edit(
                Source.TRANSCRIPT, "t2", "s3", NOON.plusSeconds(2 * 86_400), "src/A.java", "two"),
            Given.sample(SESSIONS, NOON, "view", 1, "start_type", "agents_view"),
            Given.sample(SESSIONS, NOON.plusSeconds(86_400), "s3", 1, "start_type", "fresh")));
    assertThat(store.reports().adoption(Filter.ALL))
        .containsExactly(
            new AdoptionDay(TENTH, 1, 2),
            new AdoptionDay(TENTH.plusDays(1), 1, 1),
            new AdoptionDay(TENTH.plusDays(2), 1, 1));
    assertThat(
            store
                .reports()
                .adoption(new Filter(TENTH.minusDays(1), TENTH, null, "ann@acme.example")))
        .containsExactly(new AdoptionDay(TENTH.minusDays(1), 0, 0), new AdoptionDay(TENTH, 1, 2));
    assertThat(summary().users()).isEqualTo(2);
    assertThat(summary().sessions()).isEqualTo(3);
  }

  @Test
  void adoption_aWrongClockDoesNotMakeMillionsOfDays() throws StoreUnavailableException {
    store.commit(
        List.of(
            Given.edit(Source.TRANSCRIPT, "t1", "s1", Instant.EPOCH, "src/A.java", "one"),
            Given.edit("t2", "s1", "src/A.java", "two"),
            Given.edit(
                Source.TRANSCRIPT, "t3", "s1", NOON.plusSeconds(2 * 86_400), "src/A.java", "two"),
            Given.edit(Source.TRANSCRIPT, "t4", "s1", Instant.MAX, "src/A.java", "three")));
    assertThat(store.reports().adoption(Filter.ALL)).hasSize(1 + 3 + 1);
    assertThat(store.reports().adoption(new Filter(TENTH, TENTH.plusDays(4), null, null)))
        .hasSize(5);
  }

  @Test
  void forkedSession_ownsNothingOfItsCopies() throws StoreUnavailableException {
    store.commit(
        List.of(
            Given.decision(Source.TRANSCRIPT, "t1", "original", Outcome.ACCEPTED, null),
            Given.decision(Source.TRANSCRIPT, "t1", "fork", Outcome.ACCEPTED, null),
            Given.usage(Source.TRANSCRIPT, "m1", null, "fork", 7, "0.5"),
            Given.usage(Source.EVENT, null, "r1", "original", 7, "0.5"),
            Given.usage(Source.TRANSCRIPT, "m1", "r1", "original", 7, "0.5")));
    Summary summary = summary();
    assertThat(summary.accepted()).isEqualTo(1);
    assertThat(summary.spendUsd()).isEqualByComparingTo("0.5");
    assertThat(summary.sessions()).as("the fork ties on the decision's smaller id").isEqualTo(2);
  }

  @Test
  void identity_isTheBestOfAllObservations() throws StoreUnavailableException {
    store.commit(
        List.of(
            Given.edit("t1", "s1", "src/A.java", "one"),
            Given.session(
                Source.EVENT, "s1", new Identity(null, null, null, null, null, "install7")),
            Given.session(
                Source.TRANSCRIPT,
                "s1",
                new Identity(null, null, null, "Ann@Acme.example", null, null))));
    assertThat(store.edits().byId(List.of("t1")).get(0).user()).isEqualTo("ann@acme.example");
  }

  @Test
  void pullRequests_dailyLeaderboardAndContributions() throws StoreUnavailableException {
    Change first = Given.pullRequest(1, "ann@acme.example", NOON);
    Change second = Given.pullRequest(2, "bob@acme.example", NOON.plusSeconds(86_400));
    Change third = Given.pullRequest(3, "ann@acme.example", NOON);
    Change commit =
        new Change(REPOSITORY, null, "x", "ann", null, NOON, "lonely", null, null, null);
    store.changes().found(List.of(first, second, third, commit));
    Verdict with = new Verdict("src/A.java", 1, true, true, "exact", "s1", "t1", 0, null);
    Verdict without = new Verdict("src/A.java", 2, true, false, null, null, null, 0, "unmatched");
    Verdict blank = new Verdict("src/A.java", 3, false, false, null, null, null, 0, "trivial");
    decide(first, Attribution.State.FINAL, true, List.of(with, without, blank));
    decide(second, Attribution.State.PROVISIONAL, false, List.of(without));
    decide(third, Attribution.State.UNDECIDED, false, List.of());
    store.commit(
        List.of(
            Given.session("s1", "ann@acme.example"),
            Given.edit("t1", "s1", "src/A.java", "one", "two"),
            Given.decision(Source.EVENT, "t1", "s1", Outcome.ACCEPTED, "config")));

    assertThat(store.reports().pullRequestDays(Filter.ALL))
        .containsExactly(
            new PullRequestDay(TENTH, 2, 1, 1, 2, 1, 1),
            new PullRequestDay(TENTH.plusDays(1), 1, 0, 0, 1, 0, 0));
    assertThat(store.reports().leaderboard(Filter.ALL, false))
        .containsExactly(
            new LeaderboardRow("ann@acme.example", 2, 1, 1, 2, 1),
            new LeaderboardRow("bob@acme.example", 1, 0, 0, 1, 0));
    Filter bob = new Filter(null, null, REPOSITORY, "bob@acme.example");
    assertThat(store.reports().leaderboard(bob, true))
        .containsExactly(new LeaderboardRow("bob@acme.example", 1, 0, 0, 1, 0));
    List<ContributionRow> contributions = new ArrayList<>();
    store.reports().contributions(Filter.ALL, contributions::add);
    assertThat(contributions)
        .containsExactly(
            new ContributionRow("ann@acme.example", 2, 1, 1, 2, 1, 2, 1, 0, 1),
            new ContributionRow("bob@acme.example", 1, 0, 0, 1, 0, 0, 0, 0, 0));
    assertThat(summary().pullRequests()).isEqualTo(3);
    assertThat(summary().undecided()).isEqualTo(1);
    assertThat(summary().lines()).isEqualTo(3);
    assertThat(summary().linesWithClaudeCode()).isEqualTo(1);
    List<String> lines = new ArrayList<>();
    store
        .reports()
        .attributions(
            Filter.ALL,
            each ->
                each.attribution()
                    .verdicts()
                    .forEach(
                        verdict ->
                            lines.add(each.attribution().change().key() + ":" + verdict.line())));
    assertThat(lines)
        .containsExactly(
            REPOSITORY + "#1:1", REPOSITORY + "#1:2", REPOSITORY + "#1:3", REPOSITORY + "#2:2");
    List<String> assisted = new ArrayList<>();
    store
        .reports()
        .assistedAttributions(Filter.ALL, each -> assisted.add(each.attribution().change().key()));
    assertThat(assisted).containsExactly(REPOSITORY + "#1");
  }

  @Test
  void survival_isOfTheAttributionThatStands_byMonthAndDays() throws StoreUnavailableException {
    Change one = Given.pullRequest(1, "ann@acme.example", NOON);
    Change two = Given.pullRequest(2, "bob@acme.example", NOON.plusSeconds(60));
    Change next = Given.pullRequest(3, "ann@acme.example", NOON.plus(Duration.ofDays(30)));
    Change undecided = Given.pullRequest(4, "ann@acme.example", NOON);
    store.changes().found(List.of(one, two, next, undecided));
    decide(one, Attribution.State.FINAL, true, List.of());
    decide(two, Attribution.State.PROVISIONAL, false, List.of());
    decide(next, Attribution.State.PROVISIONAL, false, List.of());
    decide(undecided, Attribution.State.UNDECIDED, false, List.of());
    Survival kept =
        new Survival(one.key(), 7, "c7", NOON, new Count(10, 9), new Count(20, 15), null);
    store
        .changes()
        .survived(
            List.of(
                new Survival(one.key(), 7, "c0", NOON, new Count(1, 1), Count.NONE, null),
                kept,
                new Survival(one.key(), 30, null, NOON, Count.NONE, Count.NONE, "rewritten"),
                new Survival(two.key(), 7, "c7", NOON, new Count(5, 0), new Count(0, 0), null),
                new Survival("gone#1", 7, "c7", NOON, new Count(5, 0), Count.NONE, null)));
    assertThat(store.changes().survivals(REPOSITORY)).hasSize(3).contains(kept);
    assertThat(store.changes().survivals("github.com/acme/other")).isEmpty();

    YearMonth november = YearMonth.of(2026, 11);
    assertThat(store.reports().survival(Filter.ALL, List.of(7, 30)))
        .containsExactly(
            new SurvivalMonth(
                november,
                7,
                2,
                1,
                2,
                Map.of(),
                two.mergedAt(),
                new Count(15, 9),
                new Count(20, 15)),
            new SurvivalMonth(
                november,
                30,
                2,
                1,
                0,
                Map.of("rewritten", 1L),
                two.mergedAt(),
                Count.NONE,
                Count.NONE),
            new SurvivalMonth(
                november.plusMonths(1),
                7,
                1,
                1,
                0,
                Map.of(),
                next.mergedAt(),
                Count.NONE,
                Count.NONE),
            new SurvivalMonth(
                november.plusMonths(1),
                30,
                1,
                1,
                0,
                Map.of(),
                next.mergedAt(),
                Count.NONE,
                Count.NONE));
    Filter bob = new Filter(TENTH, TENTH, REPOSITORY, "bob@acme.example");
    assertThat(store.reports().survival(bob, List.of(7)))
        .extracting(SurvivalMonth::claude)
        .containsExactly(new Count(5, 0));

    decide(one, Attribution.State.FINAL, true, List.of());
    assertThat(store.changes().survivals(REPOSITORY))
        .as("what was counted falls with the attribution")
        .extracting(Survival::changeKey)
        .containsExactly(two.key());
  }

  @Test
  void spend_byDayModelUserAndMonth() throws StoreUnavailableException {
    store.commit(
        List.of(
            Given.session("s1", "ann@acme.example"),
            Given.usage(Source.EVENT, null, "r1", "s1", 7, "0.5"),
            Given.usage(Source.EVENT, null, "r2", "nobody", 1, "0.25")));
    assertThat(store.reports().spend(Filter.ALL))
        .containsExactly(
            new SpendDay(
                TENTH,
                new BigDecimal("0.75"),
                1,
                List.of(
                    new SpendDay.Model(
                        "claude-opus-5-5", new BigDecimal("0.75"), new Tokens(20, 8, 0, 0)))));
    List<SpendRow> rows = new ArrayList<>();
    store.reports().spendRows(Filter.ALL, rows::add);
    assertThat(rows)
        .containsExactly(
            new SpendRow(
                "ann@acme.example",
                "claude-opus-5-5",
                1,
                new Tokens(10, 7, 0, 0),
                new BigDecimal("0.5")),
            new SpendRow(
                "unknown", "claude-opus-5-5", 1, new Tokens(10, 1, 0, 0), new BigDecimal("0.25")));
    assertThat(store.reports().team(YearMonth.of(2026, 11)))
        .containsExactly(new TeamMember("ann@acme.example", new BigDecimal("0.5"), 0, NOON));
    assertThat(store.reports().team(YearMonth.of(2026, 12)))
        .containsExactly(new TeamMember("ann@acme.example", BigDecimal.ZERO, 0, NOON));
  }

  @Test
  void analytics_oneRowForEachActorAndTerminal() throws StoreUnavailableException {
    store.commit(
        List.of(
            Given.session("s1", "ann@acme.example"),
            Given.edit("t1", "s1", "src/A.java", "one", "two"),
            Given.decision(Source.EVENT, "t1", "s1", Outcome.ACCEPTED, "config"),
            Given.decision(Source.EVENT, "t2", "s1", Outcome.BLOCKED, "hook"),
            Given.usage(Source.EVENT, null, "r1", "s1", 7, "0.5"),
            new GitObservation(
                Source.TRANSCRIPT,
                NOON,
                "t3",
                new SessionClaim("s1", null),
                GitObservation.Operation.COMMIT,
                List.of(REPOSITORY),
                "main",
                "c95bdc9",
                null)));
    assertThat(store.reports().analytics(TENTH))
        .containsExactly(
            new AnalyticsRow(
                TENTH,
                "ann@acme.example",
                false,
                "vscode",
                "subscription",
                false,
                1,
                2,
                0,
                1,
                0,
                List.of(new AnalyticsRow.ToolActions("Edit", 1, 1)),
                List.of(
                    new AnalyticsRow.ModelUse(
                        "claude-opus-5-5", new Tokens(10, 7, 0, 0), new BigDecimal("0.5")))));
    assertThat(store.reports().analytics(TENTH.plusDays(1))).isEmpty();
  }

  @Test
  void coverage_saysWhatIsMissing() throws StoreUnavailableException {
    store.commit(
        List.of(
            Given.session("s1", "ann@acme.example"),
            Given.edit("t1", "s1", "src/A.java", "one"),
            Given.usage(Source.EVENT, null, "r1", "s2", 7, "0.5"),
            new ExporterSeen(Source.EVENT, NOON, "assay-agent", "i1", "0.1", "laptop", -20)));
    assertThat(store.reports().coverage())
        .isEqualTo(
            new Coverage(
                List.of(new Coverage.Exporter("assay-agent", "i1", "0.1", "laptop", NOON, -20)),
                2,
                1,
                1,
                0,
                0,
                1));
  }

  @Test
  void empty_isZeroAndNoRows() {
    assertThat(summary().spendUsd()).isEqualByComparingTo(BigDecimal.ZERO);
    assertThat(summary().sessions()).isZero();
    assertThat(store.reports().adoption(Filter.ALL)).isEmpty();
    assertThat(store.reports().pullRequestDays(Filter.ALL)).isEmpty();
    assertThat(store.reports().team(YearMonth.of(2026, 11))).isEmpty();
    assertThat(store.reports().analytics(TENTH)).isEmpty();
    assertThat(store.edits().repositories()).isEmpty();
  }
}
