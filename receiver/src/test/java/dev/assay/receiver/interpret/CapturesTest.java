package dev.assay.receiver.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receiver.capture.Capture;
import dev.assay.receiver.capture.Figures;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.SessionObservation;
import dev.assay.store.fact.UsageObservation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real clients of two versions sent, over three protocols. */
class CapturesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");
  private final Interpreter interpreter = new Interpreter();

  static Stream<Capture> captures() {
    return Capture.all().stream();
  }

  static Stream<Capture> headless() {
    return captures().filter(capture -> capture.run().startsWith("headless"));
  }

  static Stream<Capture> decisions() {
    return captures().filter(capture -> capture.run().startsWith("decisions"));
  }

  @Test
  void all_eightRuns() {
    assertThat(captures()).hasSize(8).allMatch(capture -> !capture.exports().isEmpty());
  }

  @ParameterizedTest
  @MethodSource
  void headless(Capture capture) {
    Figures figures = Figures.of(observations(capture));
    assertThat(figures)
        .isEqualTo(
            new Figures(
                3,
                0,
                0,
                19,
                6,
                "7221/921/30000/1800",
                new BigDecimal(capture.version().equals("2.1.330") ? "0.062304" : "0.08538"),
                18,
                1));
  }

  @ParameterizedTest
  @MethodSource
  void decisions(Capture capture) {
    Figures figures = Figures.of(observations(capture));
    assertThat(figures.accepted()).isEqualTo(2);
    assertThat(figures.rejected()).isEqualTo(1);
    assertThat(figures.blocked()).isZero();
    assertThat(figures.sessions()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("captures")
  void captures_costEqualsPriceTable(Capture capture) {
    List<UsageObservation> usage =
        observations(capture).stream()
            .filter(UsageObservation.class::isInstance)
            .map(UsageObservation.class::cast)
            .toList();
    assertThat(usage).isNotEmpty();
    assertThat(usage)
        .allSatisfy(
            response ->
                assertThat(response.estimatedCostUsd()).isEqualByComparingTo(response.costUsd()));
  }

  @ParameterizedTest
  @MethodSource("captures")
  void captures_everyRecordHasAnEnd(Capture capture) {
    for (Capture.Export export : capture.exports()) {
      Interpretation read = read(export);
      assertThat(read.records()).isPositive();
      assertThat(read.count(Reason.Kind.REJECTED)).as(read.complaint()).isZero();
      assertThat(read.count(Reason.Kind.IGNORED)).isLessThan(read.records() + 1);
    }
  }

  @ParameterizedTest
  @MethodSource("captures")
  void captures_identityFromRecordAndResource(Capture capture) {
    assertThat(observations(capture))
        .filteredOn(SessionObservation.class::isInstance)
        .map(SessionObservation.class::cast)
        .isNotEmpty()
        .allSatisfy(
            session -> {
              assertThat(session.identity().endUserId()).isEqualTo("dev@example.com");
              assertThat(session.identity().installId()).hasSize(64);
              assertThat(session.clientVersion()).isEqualTo(capture.version());
              assertThat(session.terminalType()).isEqualTo("xterm-256color");
            });
  }

  @ParameterizedTest
  @MethodSource("captures")
  void captures_promptsAreWithheldAndCounted(Capture capture) {
    long prompts =
        capture.exports().stream()
            .map(this::read)
            .mapToLong(read -> read.count(Reason.PROMPT))
            .sum();
    assertThat(prompts).isPositive();
    assertThat(observations(capture).toString())
        .doesNotContain("REDACTED")
        .doesNotContain("/home/dev");
  }

  private List<Observation> observations(Capture capture) {
    List<Observation> observations = new ArrayList<>();
    capture.exports().forEach(export -> observations.addAll(read(export).observations()));
    return observations;
  }

  private Interpretation read(Capture.Export export) {
    return export.isLogs()
        ? interpreter.logs(export.logs(), NOW)
        : interpreter.metrics(export.metrics(), NOW);
  }
}
