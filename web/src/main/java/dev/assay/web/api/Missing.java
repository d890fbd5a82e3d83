package dev.assay.web.api;

import dev.assay.store.report.Coverage.Exporter;
import dev.assay.web.metrics.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who and what does not come, or not as it should. Requests and records are counted since the
 * server's start.
 *
 * @param silentExporters not heard for longer than {@code silentAfterSeconds}
 * @param clocksAhead exporters whose newest record was from the future by more than the limit, when
 *     they were heard last: their clock is wrong, or this server's
 * @param clocksBehindOrLate exporters whose newest record was older than that when it came: their
 *     clock is behind, or they delivered late, as after an outage
 * @param refusedRequests by reason; most come again
 * @param rejectedRecords by reason; they are lost, and their sender was told
 */
record Missing(
    long silentExporters,
    long silentAfterSeconds,
    long clocksAhead,
    long clocksBehindOrLate,
    long clockSkewLimitMillis,
    Map<String, Long> refusedRequests,
    Map<String, Long> rejectedRecords) {
  /** Who works at all reports within a weekend. */
  static final Duration SILENT_AFTER = Duration.ofDays(3);

  /**
   * What a clock that is set over the network keeps easily, and an exporter's interval fits into.
   */
  static final Duration LIMIT_CLOCK_SKEW = Duration.ofMinutes(5);

  static Missing of(List<Exporter> exporters, List<Metrics.Count> received, Instant now) {
    Instant heardSince = now.minus(SILENT_AFTER);
    long limit = LIMIT_CLOCK_SKEW.toMillis();
    Map<String, Long> refused = new TreeMap<>();
    Map<String, Long> rejected = new TreeMap<>();
    for (Metrics.Count count : received) {
      String outcome = count.labels().getOrDefault("outcome", "accepted");
      if (count.name().startsWith("assay_otlp_requests") && !outcome.equals("accepted")) {
        refused.merge(outcome, count.value(), Long::sum);
      }
      if (count.name().startsWith("assay_otlp_not_kept")
          && "rejected".equals(count.labels().get("kind"))) {
        rejected.merge(count.labels().getOrDefault("reason", ""), count.value(), Long::sum);
      }
    }
    return new Missing(
        exporters.stream().filter(each -> each.lastHeard().isBefore(heardSince)).count(),
        SILENT_AFTER.toSeconds(),
        exporters.stream().filter(each -> each.clockSkewMillis() < -limit).count(),
        exporters.stream().filter(each -> each.clockSkewMillis() > limit).count(),
        limit,
        refused,
        rejected);
  }
}
