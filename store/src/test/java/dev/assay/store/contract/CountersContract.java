package dev.assay.store.contract;

import static dev.assay.store.contract.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.DecisionObservation.Outcome;
import dev.assay.store.fact.EditObservation;
import dev.assay.store.fact.Identity;
import dev.assay.store.fact.MetricSample;
import dev.assay.store.fact.SessionClaim;
import dev.assay.store.fact.Source;
import dev.assay.store.report.Summary;
import dev.assay.store.report.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The figures where counters of telemetry stand in for facts. */
public abstract class CountersContract extends WithStore {
  private static final String LINES = "claude_code.lines_of_code.count";
  private static final String SESSIONS = "claude_code.session.count";

  @Test
  void counters_countOnlyWhereNoFactTellsTheSame() throws StoreUnavailableException {
    store.commit(
        List.of(
            Given.sample(LINES, NOON, "s1", 18, "type", "added"),
            Given.sample(LINES, NOON, "s1", 5, "type", "removed"),
            Given.sample("claude_code.cost.usage", NOON, "s1", 0.25, "model", "opus"),
            Given.sample(
                "claude_code.token.usage", NOON, "s1", 40, "type", "cacheRead", "model", "opus"),
            Given.sample(
                "claude_code.code_edit_tool.decision",
                NOON,
                "s1",
                3,
                "decision",
                "accept",
                "source",
                "user_temporary",
                "tool_name",
                "Write"),
            Given.sample(
                "claude_code.code_edit_tool.decision",
                NOON,
                "s1",
                1,
                "decision",
                "reject",
                "source",
                "hook",
                "tool_name",
                "Edit")));
    Summary counted = summary();
    assertThat(counted.linesAccepted()).isEqualTo(18);
    assertThat(counted.linesAcceptedEstimated()).isEqualTo(18);
    assertThat(counted.spendUsd()).isEqualByComparingTo("0.25");
    assertThat(counted.tokens()).isEqualTo(new Tokens(0, 0, 40, 0));
    assertThat(counted.accepted()).isEqualTo(3);
    assertThat(counted.acceptedByUser()).isEqualTo(3);
    assertThat(counted.rejected()).isEqualTo(1);
    assertThat(counted.rejectedByUser()).isZero();
    assertThat(counted.sessions()).isEqualTo(1);

    store.commit(
        List.of(
            Given.edit("t1", "s1", "src/A.java", "one", "two"),
            Given.decision(Source.EVENT, "t1", "s1", Outcome.ACCEPTED, "config"),
            Given.usage(Source.EVENT, null, "r1", "s1", 7, "0.5")));
    Summary keyed = summary();
    assertThat(keyed.linesAccepted()).isEqualTo(2);
    assertThat(keyed.linesAcceptedEstimated()).isZero();
    assertThat(keyed.spendUsd()).isEqualByComparingTo("0.5");
    assertThat(keyed.tokens()).isEqualTo(new Tokens(10, 7, 0, 0));
    assertThat(keyed.accepted()).isEqualTo(1);
    assertThat(keyed.rejected()).isZero();
  }

  @Test
  void counters_withoutSession_countForUsersAndDaysWithoutFacts() throws StoreUnavailableException {
    store.commit(
        List.of(
            Given.sample(LINES, NOON, null, 4, "type", "added", "user.email", "ann@acme.example"),
            Given.sample(LINES, NOON, null, 8, "type", "added", "user.email", "bob@acme.example"),
            Given.sample(LINES, NOON, null, 16, "type", "added"),
            Given.sample(SESSIONS, NOON, null, 2, "user.email", "bob@acme.example"),
            Given.sample(SESSIONS, NOON, null, 1, "user.email", "ann@acme.example"),
            Given.session("s1", "ann@acme.example"),
            Given.edit("t1", "s1", "src/A.java", "one")));
    Summary summary = summary();
    assertThat(summary.linesAccepted()).isEqualTo(1 + 8 + 16);
    assertThat(summary.linesAcceptedEstimated()).isEqualTo(8 + 16);
    assertThat(summary.users()).isEqualTo(2);
    assertThat(summary.sessions()).isEqualTo(1 + 2);
  }

  @Test
  void counters_cumulative_countWhatTheyRose() throws StoreUnavailableException {
    List<MetricSample> samples = new ArrayList<>();
    double[] values = {3, 3, 10};
    for (int i = 0; i < values.length; i++) {
      samples.add(cumulative(NOON.plusSeconds(60L * i), NOON, values[i]));
    }
    samples.add(cumulative(NOON.plusSeconds(600), NOON.plusSeconds(300), 2));
    store.commit(samples);
    store.commit(samples);
    assertThat(summary().linesAccepted()).isEqualTo(12);
  }

  @Test
  void counters_thatBeganAnewWithoutSayingSo_countAllThatCameAfter()
      throws StoreUnavailableException {
    List<MetricSample> samples = new ArrayList<>();
    double[] values = {3, 8, 2, 6}; // 8, and after the reset 6 more
    for (int i = 0; i < values.length; i++) {
      samples.add(cumulative(NOON.plusSeconds(60L * i), NOON, values[i]));
    }
    Collections.reverse(samples); // the order in which they come means nothing
    store.commit(samples);
    store.commit(samples);
    assertThat(summary().linesAccepted()).isEqualTo(14);
  }

  private static MetricSample cumulative(Instant time, Instant start, double value) {
    TreeMap<String, String> added = new TreeMap<>();
    added.put("type", "added");
    return new MetricSample(time, start, LINES, "", added, "s1", Identity.UNKNOWN, true, value);
  }

  @Test
  void counters_whereTheEditsWereCut() throws StoreUnavailableException {
    EditObservation cut =
        new EditObservation(
            Source.EVENT,
            NOON,
            "t1",
            new SessionClaim("s1", null),
            "Write",
            List.of(),
            null,
            "src/A.java",
            3,
            0,
            Given.lines("one", "two", "thr"),
            0,
            1,
            false,
            true,
            null);
    store.commit(List.of(cut));
    assertThat(summary().linesAccepted()).isEqualTo(3);
    assertThat(summary().linesAcceptedEstimated()).isZero();
    store.commit(List.of(Given.sample(LINES, NOON, "s1", 13, "type", "added")));
    assertThat(summary().linesAccepted()).isEqualTo(13);
    assertThat(summary().linesAcceptedEstimated()).isEqualTo(13);
    store.commit(List.of(Given.edit("t1", "s1", "src/A.java", "one", "two", "three", "four")));
    assertThat(summary().linesAccepted()).isEqualTo(4);
    assertThat(summary().linesAcceptedEstimated()).isZero();
  }
}
