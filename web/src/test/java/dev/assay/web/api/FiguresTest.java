package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.receiver.follow.FollowProgress;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.DecisionObservation;
import dev.assay.store.fact.DecisionObservation.Outcome;
import dev.assay.store.fact.EditObservation;
import dev.assay.store.fact.SessionObservation;
import dev.assay.store.fact.UsageObservation;
import dev.assay.store.fact.Verdict;
import dev.assay.web.sample.Acme;
import dev.assay.web.sample.AcmeServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Each figure over HTTP against what the sample's observations add up to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FiguresTest {
  @TempDir static Path data;
  private final Acme acme = new Acme();
  private @Nullable AcmeServer server;

  @BeforeAll
  void start() throws Exception {
    server = AcmeServer.filled(data);
  }

  @AfterAll
  void stop() {
    server().close();
  }

  @Test
  void summary_countsPullRequestsAndLines() throws Exception {
    JsonNode summary = get("/api/v1/summary");
    long undecided =
        acme.attributions().stream().filter(a -> a.state() == Attribution.State.UNDECIDED).count();
    long with = acme.attributions().stream().filter(Attribution::tagged).count();
    assertThat(summary.get("pullRequests").asLong()).isEqualTo(acme.attributions().size());
    assertThat(summary.get("pullRequestsWithClaudeCode").asLong()).isEqualTo(with);
    assertThat(summary.get("undecided").asLong()).isEqualTo(undecided).isPositive();
    assertThat(summary.get("pullRequestsShare").asDouble())
        .isCloseTo((double) with / (acme.attributions().size() - undecided), within(1e-9));
    assertThat(summary.get("lines").asLong())
        .isEqualTo(verdicts().filter(Verdict::effective).count());
    assertThat(summary.get("linesWithClaudeCode").asLong())
        .isEqualTo(verdicts().filter(v -> v.effective() && v.assisted()).count());
  }

  @Test
  void undecidedAlone_areNoZeroes() throws Exception {
    List<String> alone = new ArrayList<>();
    for (Attribution attribution : acme.attributions()) {
      Change change = attribution.change();
      LocalDate day = LocalDate.ofInstant(change.mergedAt(), ZoneOffset.UTC);
      String ofDay = "?repository=" + change.repository() + "&from=" + day + "&to=" + day;
      for (JsonNode row : get("/api/v1/leaderboard" + ofDay).get("items")) {
        if (row.get("undecided").asLong() == row.get("pullRequests").asLong()) {
          alone.add(ofDay + "&user=" + row.get("user").asString());
        } else {
          assertThat(row.get("lines").isNull()).as(row.toString()).isFalse();
        }
      }
    }
    assertThat(alone).as("one person's undecided pull requests of a day").isNotEmpty();
    for (String one : alone) {
      JsonNode summary = get("/api/v1/summary" + one);
      JsonNode day = get("/api/v1/pull-requests-daily" + one).get("items").get(0);
      JsonNode leader = get("/api/v1/leaderboard" + one).get("items").get(0);
      JsonNode item = get("/api/v1/pull-requests" + one).get("items").get(0);
      for (JsonNode each : List.of(summary, day, leader)) {
        assertThat(each.get("undecided").asLong())
            .isEqualTo(each.get("pullRequests").asLong())
            .isPositive();
        assertThat(each.get("pullRequestsWithClaudeCode").isNull()).isTrue();
      }
      assertThat(day.get("pullRequestsWithoutClaudeCode").isNull()).isTrue();
      assertThat(day.get("linesWithoutClaudeCode").isNull()).isTrue();
      assertThat(item.get("withClaudeCode").isNull()).isTrue();
      for (JsonNode each : List.of(summary, day, leader, item)) {
        assertThat(each.get("lines").isNull()).as(each.toString()).isTrue();
        assertThat(each.get("linesWithClaudeCode").isNull()).as(each.toString()).isTrue();
      }
    }
  }

  @Test
  void summary_countsDecisionsLinesAndSpend() throws Exception {
    JsonNode summary = get("/api/v1/summary");
    long accepted = decisions(Outcome.ACCEPTED);
    long rejected = decisions(Outcome.REJECTED);
    assertThat(summary.get("accepted").asLong()).isEqualTo(accepted);
    assertThat(summary.get("rejected").asLong()).isEqualTo(rejected);
    assertThat(summary.get("acceptRate").asDouble())
        .isCloseTo((double) accepted / (accepted + rejected), within(1e-9));
    long byUser =
        all(DecisionObservation.class)
            .filter(d -> Objects.equals(d.decisionSource(), "user_temporary"))
            .count();
    assertThat(summary.get("acceptedByUser").asLong()).isEqualTo(byUser);
    assertThat(summary.get("linesAccepted").asLong())
        .isEqualTo(all(EditObservation.class).mapToLong(EditObservation::linesAdded).sum());
    assertThat(summary.get("sessions").asLong())
        .isEqualTo(
            all(SessionObservation.class).map(SessionObservation::sessionId).distinct().count());
    assertThat(summary.get("users").asLong()).isEqualTo(7);
    assertThat(summary.get("spendUsd").decimalValue()).isEqualByComparingTo(spend());
    assertThat(summary.get("spendIsEstimate").asBoolean()).isTrue();
    assertThat(summary.get("tokens").get("output").asLong())
        .isEqualTo(all(UsageObservation.class).mapToLong(UsageObservation::outputTokens).sum());
    assertThat(summary.get("tokens").propertyNames())
        .containsExactlyInAnyOrder("input", "output", "cacheRead", "cacheCreation");
  }

  @Test
  void summary_ofNothing_hasNullRates() throws Exception {
    JsonNode summary = get("/api/v1/summary?from=2020-01-01&to=2020-01-02");
    assertThat(summary.get("pullRequests").asLong()).isZero();
    for (String rate :
        List.of("pullRequestsShare", "linesShare", "acceptRate", "acceptRateByUser")) {
      assertThat(summary.get(rate).isNull()).as(rate).isTrue();
    }
    assertThat(summary.get("spendUsd").decimalValue()).isEqualByComparingTo(BigDecimal.ZERO);
  }

  @Test
  void summary_ofOneUser_isLessThanAll() throws Exception {
    JsonNode one = get("/api/v1/summary?user=ada@acme.example");
    assertThat(one.get("users").asLong()).isEqualTo(1);
    assertThat(one.get("sessions").asLong()).isPositive();
    assertThat(one.get("sessions").asLong())
        .isLessThan(get("/api/v1/summary").get("sessions").asLong());
  }

  @Test
  void days_addUpToTheSummary() throws Exception {
    JsonNode summary = get("/api/v1/summary");
    assertThat(sum("/api/v1/pull-requests-daily", "pullRequests"))
        .isEqualTo(summary.get("pullRequests").asLong());
    assertThat(sum("/api/v1/pull-requests-daily", "linesWithClaudeCode"))
        .isEqualTo(summary.get("linesWithClaudeCode").asLong());
    assertThat(sum("/api/v1/pull-requests-daily", "undecided"))
        .isEqualTo(summary.get("undecided").asLong());
    for (JsonNode day : get("/api/v1/pull-requests-daily").get("items")) {
      assertThat(
              day.get("pullRequestsWithClaudeCode").asLong()
                  + day.get("pullRequestsWithoutClaudeCode").asLong()
                  + day.get("undecided").asLong())
          .isEqualTo(day.get("pullRequests").asLong());
    }
    assertThat(sum("/api/v1/pull-requests-per-user", "pullRequests"))
        .isEqualTo(summary.get("pullRequests").asLong());
    BigDecimal spend = BigDecimal.ZERO;
    for (JsonNode day : get("/api/v1/spend").get("items")) {
      BigDecimal models = BigDecimal.ZERO;
      for (JsonNode model : day.get("models")) {
        models = models.add(model.get("costUsd").decimalValue());
      }
      assertThat(models).isEqualByComparingTo(day.get("costUsd").decimalValue());
      spend = spend.add(models);
    }
    assertThat(spend).isEqualByComparingTo(summary.get("spendUsd").decimalValue());
  }

  @Test
  void days_withoutActivity_areThere() throws Exception {
    JsonNode days = get("/api/v1/adoption?from=2026-11-14&to=2026-11-30").get("items");
    assertThat(days.size()).isEqualTo(17);
    assertThat(days.get(16).get("day").asString()).isEqualTo("2026-11-30");
    assertThat(days.get(16).get("users").asLong()).isZero();
  }

  @Test
  void pullRequestsPerUser_withoutUsers_hasNoRatio() throws Exception {
    for (JsonNode day : get("/api/v1/pull-requests-per-user").get("items")) {
      long users = day.get("users").asLong();
      assertThat(day.get("ratio").isNull()).isEqualTo(users == 0);
      if (users > 0) {
        assertThat(day.get("ratio").asDouble())
            .isCloseTo(day.get("pullRequests").asDouble() / users, within(1e-9));
      }
    }
  }

  @Test
  void leaderboard_isOrderedByWhatIsAskedFor() throws Exception {
    for (String[] way :
        new String[][] {
          {"", "pullRequestsWithClaudeCode"},
          {"?by=pull-requests", "pullRequestsWithClaudeCode"},
          {"?by=lines", "linesWithClaudeCode"}
        }) {
      JsonNode rows = get("/api/v1/leaderboard" + way[0]).get("items");
      assertThat(rows.size()).isBetween(5, 10);
      long before = Long.MAX_VALUE;
      for (JsonNode row : rows) {
        assertThat(row.get(way[1]).asLong()).isLessThanOrEqualTo(before);
        before = row.get(way[1]).asLong();
      }
    }
    assertThat(sum("/api/v1/leaderboard", "undecided"))
        .as("all of the sample's people are among the ten first")
        .isEqualTo(get("/api/v1/summary").get("undecided").asLong());
  }

  @Test
  void team_hasEveryoneAndTheMonth() throws Exception {
    JsonNode team = get("/api/v1/team");
    assertThat(team.get("month").asString()).isEqualTo("2026-11");
    assertThat(team.get("estimate").asBoolean()).isTrue();
    assertThat(team.get("items").size()).isEqualTo(7);
    JsonNode other = get("/api/v1/team?month=2025-01");
    assertThat(other.get("items").size()).isEqualTo(7);
    assertThat(other.get("items").get(0).get("linesAccepted").asLong()).isZero();
  }

  @Test
  void coverage_namesWhoReports() throws Exception {
    JsonNode coverage = get("/api/v1/coverage");
    assertThat(coverage.get("exporters").size()).isEqualTo(3);
    assertThat(coverage.get("edits").asLong()).isEqualTo(all(EditObservation.class).count());
  }

  @Test
  void coverage_tellsWhatWasRefusedAndWhichRepositoriesAreFollowed() throws Exception {
    server()
        .metrics()
        .meter("test")
        .counterBuilder("assay.otlp.not_kept")
        .build()
        .add(3, Attributes.of(AttributeKey.stringKey("reason"), "bad-time"));
    server()
        .progress(
            new Progress(
                List.of(),
                List.of(
                    new FollowProgress.Followed(
                        "/srv/api", "github.com/acme/api", "main", 5, 4, false, null))));
    JsonNode coverage = get("/api/v1/coverage");
    server().progress(Progress.NONE);
    JsonNode counts = coverage.get("received");
    assertThat(counts.size()).isEqualTo(2);
    assertThat(counts.get(0).get("name").asString()).isEqualTo("assay_otlp_not_kept_total");
    assertThat(counts.get(0).get("labels").get("reason").asString()).isEqualTo("bad-time");
    assertThat(counts.get(0).get("value").asLong()).isEqualTo(3);
    assertThat(counts.get(1).get("labels").get("outcome").asString()).isEqualTo("accepted");
    assertThat(coverage.get("repositories").get(0).get("pullRequests").asLong()).isEqualTo(4);
  }

  @Test
  void progress_isWhatTheSupplierSays() throws Exception {
    assertThat(get("/api/v1/progress").get("busy").asBoolean()).isFalse();
    server()
        .progress(
            new Progress(
                List.of(
                    new Progress.Task(
                        "scan", "Reading", Progress.State.RUNNING, 5, 10, "bytes", null))));
    JsonNode busy = get("/api/v1/progress");
    server().progress(Progress.NONE);
    assertThat(busy.get("busy").asBoolean()).isTrue();
    assertThat(busy.get("tasks").get(0).get("total").asLong()).isEqualTo(10);
    assertThat(busy.get("store").get("ready").asBoolean()).isTrue();
  }

  @Test
  void repositories_areThoseOfEdits() throws Exception {
    assertThat(get("/api/v1/repositories").get("items").valueStream().map(JsonNode::asString))
        .containsExactly(
            "github.com/acme/api",
            "github.com/acme/billing",
            "github.com/acme/infra",
            "github.com/acme/web");
  }

  private AcmeServer server() {
    return Objects.requireNonNull(server);
  }

  private JsonNode get(String path) throws Exception {
    return Json.get(server(), path);
  }

  private long sum(String path, String field) throws Exception {
    return get(path).get("items").valueStream().mapToLong(day -> day.get(field).asLong()).sum();
  }

  private <T> Stream<T> all(Class<T> kind) {
    return acme.observations().stream().filter(kind::isInstance).map(kind::cast);
  }

  private long decisions(Outcome outcome) {
    return all(DecisionObservation.class).filter(d -> d.outcome() == outcome).count();
  }

  private Stream<Verdict> verdicts() {
    return acme.attributions().stream().flatMap(a -> a.verdicts().stream());
  }

  private BigDecimal spend() {
    return all(UsageObservation.class)
        .map(UsageObservation::estimatedCostUsd)
        .filter(Objects::nonNull)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
