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
import dev.assay.store.report.Filter;
import dev.assay.store.report.Summary;
import dev.assay.store.report.Tokens;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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

  /**
   * Histories of one counter: points as temporality, start, end and value ({@code c0-2=8}: counted
   * 8 from minute 0 to minute 2; {@code ?} for a start that is not told), and what they say in all.
   */
  private static final String HISTORIES =
      """
      delta: intervals that follow each other          | d0-1=3 d1-2=4                      | 7
      delta: a gap in which nothing was sent           | d0-1=3 d5-6=4                      | 7
      delta: a new process                             | d0-5=3 d7-8=2                      | 5
      delta: no start is told                          | d?-1=3 d?-2=4                      | 7
      delta: an interval that is sent again as it was  | d0-1=3 d0-1=3 d1-2=4               | 7
      delta: one that is sent again and says more      | d0-1=3 d0-1=5 d1-2=4               | 9
      delta: nothing happened                          | d0-1=0 d1-2=4 d2-3=0               | 4
      delta: over midnight                             | d0-1=3 d719-721=4 d800-801=1       | 8
      cumulative: it rises                             | c0-1=3 c0-2=3 c0-3=10              | 10
      cumulative: first heard long after its start     | c0-600=100 c0-601=101              | 101
      cumulative: a gap in which nothing was sent      | c0-1=3 c0-300=10                   | 10
      cumulative: points that are sent again           | c0-1=3 c0-1=3 c0-2=8 c0-2=8        | 8
      cumulative: a new process that tells its start   | c0-1=3 c0-2=8 c3-4=2 c3-5=6        | 14
      cumulative: such a one that is soon further      | c0-1=3 c2-3=9                      | 12
      cumulative: back to less without a word          | c0-1=3 c0-2=8 c0-3=2 c0-4=6        | 14
      cumulative: back to nothing without a word       | c0-1=5 c0-2=0 c0-3=2               | 7
      cumulative: twice                                | c0-1=5 c0-2=1 c0-3=4 c0-4=2        | 11
      cumulative: no start is told                     | c?-1=5 c?-2=7 c?-3=1               | 8
      cumulative: over midnight                        | c0-1=3 c0-719=5 c0-721=9 c0-900=10 | 10
      both temporalities                               | c0-2=5 d0-1=3                      | 8
      """;

  @Test
  void counters_histories() throws StoreUnavailableException {
    long all = 0;
    for (String history : HISTORIES.lines().toList()) {
      String[] row = history.split("\\|", -1);
      for (int order = 0; order < 4; order++) {
        String session = row[0] + order;
        List<MetricSample> samples =
            new ArrayList<>(
                Arrays.stream(row[1].strip().split(" ", -1)).map(p -> point(p, session)).toList());
        Collections.shuffle(samples, new Random(order));
        samples.addAll(List.copyOf(samples)); // an exporter that was not answered sends again
        if (order == 0) {
          for (MetricSample sample : samples) {
            store.commit(List.of(sample));
          }
        } else {
          store.commit(samples);
        }
        all += Long.parseLong(row[2].strip());
      }
      assertThat(summary().linesAccepted()).as("%s, in four orders", history).isEqualTo(all);
    }
  }

  private static MetricSample point(String text, String session) {
    String[] parts = text.substring(1).split("[-=]", -1);
    Instant start = parts[0].equals("?") ? null : minute(parts[0]);
    TreeMap<String, String> added = new TreeMap<>();
    added.put("type", "added");
    return new MetricSample(
        minute(parts[1]),
        start,
        LINES,
        "",
        added,
        session,
        Identity.UNKNOWN,
        text.startsWith("c"),
        Double.parseDouble(parts[2]));
  }

  private static Instant minute(String number) {
    return NOON.plusSeconds(60 * Long.parseLong(number));
  }

  /** What a counter rose over midnight counts for the day on which it was told. */
  @Test
  void counters_cumulative_countForTheDayOnWhichTheyRose() throws StoreUnavailableException {
    store.commit(List.of(point("c0-1=3", "s"), point("c0-719=5", "s"), point("c0-721=9", "s")));
    assertThat(linesOf(NOON)).isEqualTo(5);
    assertThat(linesOf(NOON.plus(1, ChronoUnit.DAYS))).isEqualTo(4);
  }

  private long linesOf(Instant day) {
    LocalDate date = LocalDate.ofInstant(day, ZoneOffset.UTC);
    return store.reports().summary(new Filter(date, date, null, null)).linesAccepted();
  }

  /** A metric of another program is kept, and is in no figure. */
  @Test
  void counters_thatNobodyKnows_areKeptAndInNoFigure() throws StoreUnavailableException {
    long before = store.health().facts();
    store.commit(
        List.of(
            Given.sample("acme.builds", NOON, "s1", 4, "type", "added"),
            Given.sample("http.server.request.duration#le=0.5", NOON, null, 4)));
    assertThat(summary().linesAccepted()).isZero();
    assertThat(summary().sessions()).isLessThanOrEqualTo(1);
    assertThat(store.health().facts()).isEqualTo(before + 2);
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
            Given.lines("one", "two", "thr").toByteString(),
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
