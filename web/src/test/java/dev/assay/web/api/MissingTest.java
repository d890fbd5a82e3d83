package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.report.Coverage.Exporter;
import dev.assay.web.metrics.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MissingTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private static Exporter exporter(Duration silence, Duration skew) {
    return new Exporter("assay-agent", "1", null, null, NOW.minus(silence), skew.toMillis());
  }

  @Test
  void silence_andClocks_atTheirLimitsAndPast() {
    Duration skew = Missing.LIMIT_CLOCK_SKEW;
    Duration silent = Missing.SILENT_AFTER;
    Missing missing =
        Missing.of(
            List.of(
                exporter(silent, skew),
                exporter(silent.plusSeconds(1), skew.negated()),
                exporter(Duration.ZERO, skew.plusMillis(1)),
                exporter(Duration.ZERO, skew.negated().minusMillis(1)),
                // This server's clock was set back since it was heard: it is no silence.
                exporter(Duration.ofDays(-9), Duration.ZERO)),
            List.of(),
            NOW);
    assertThat(missing.silentExporters()).isEqualTo(1);
    assertThat(missing.clocksAhead()).isEqualTo(1);
    assertThat(missing.clocksBehindOrLate()).isEqualTo(1);
  }

  @Test
  void refusedAndRejected_byReason() {
    Missing missing =
        Missing.of(
            List.of(),
            List.of(
                requests("logs", "accepted", 100),
                requests("logs", "malformed", 2),
                requests("metrics", "malformed", 3),
                requests("metrics", "busy", 7),
                left("rejected", "bad-time", 4),
                left("ignored", "other-event", 50),
                left("withheld", "prompt", 60)),
            NOW);
    assertThat(missing.refusedRequests())
        .containsExactlyInAnyOrderEntriesOf(Map.of("malformed", 5L, "busy", 7L));
    assertThat(missing.rejectedRecords())
        .containsExactlyInAnyOrderEntriesOf(Map.of("bad-time", 4L));
  }

  private static Metrics.Count requests(String signal, String outcome, long value) {
    return new Metrics.Count(
        "assay_otlp_requests_total",
        new TreeMap<>(Map.of("signal", signal, "protocol", "grpc", "outcome", outcome)),
        value);
  }

  private static Metrics.Count left(String kind, String reason, long value) {
    return new Metrics.Count(
        "assay_otlp_not_kept_total",
        new TreeMap<>(Map.of("signal", "logs", "kind", kind, "reason", reason)),
        value);
  }
}
