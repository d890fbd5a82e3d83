package dev.assay.receiver.otlp;

import dev.assay.receiver.interpret.Interpretation;
import dev.assay.receiver.interpret.Reason;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.ArrayList;
import java.util.List;

/**
 * What the endpoints count. For each signal: requests = accepted + refused by cause; records of the
 * accepted ones = observed + ignored + rejected.
 */
final class Counters {
  private static final AttributeKey<String> SIGNAL = AttributeKey.stringKey("signal");
  private static final AttributeKey<String> PROTOCOL = AttributeKey.stringKey("protocol");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
  private static final AttributeKey<String> KIND = AttributeKey.stringKey("kind");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");

  private final Meter meter;
  private final List<AutoCloseable> gauges = new ArrayList<>();
  private static final List<Double> COMMIT_SECONDS =
      List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

  private final LongCounter requests;
  private final LongCounter bytes;
  private final LongCounter records;
  private final LongCounter left;
  private final DoubleHistogram commits;

  Counters(Meter meter) {
    this.meter = meter;
    requests =
        meter
            .counterBuilder("assay.otlp.requests")
            .setDescription("Export requests, accepted or refused by cause")
            .build();
    commits =
        meter
            .histogramBuilder("assay.store.commit.duration")
            .setUnit("s")
            .setDescription("From a request's observations to their commit, waiting included")
            .setExplicitBucketBoundariesAdvice(COMMIT_SECONDS)
            .build();
    bytes =
        meter
            .counterBuilder("assay.otlp.received")
            .setUnit("By")
            .setDescription("Bytes of export requests, decompressed")
            .build();
    records =
        meter
            .counterBuilder("assay.otlp.records")
            .setDescription("Log records, data points and spans of accepted requests")
            .build();
    left =
        meter
            .counterBuilder("assay.otlp.not_kept")
            .setDescription("Records and attributes that were not kept, by reason")
            .build();
  }

  /** Shows what is under way. */
  void observe(Arrivals arrivals, Commits commits) {
    gauges.add(
        meter
            .gaugeBuilder("assay.store.queue.requests")
            .ofLongs()
            .setDescription("Requests whose observations wait for their commit")
            .buildWithCallback(measured -> measured.record(commits.requests())));
    gauges.add(
        meter
            .gaugeBuilder("assay.store.queue.observations")
            .ofLongs()
            .setDescription("Observations that wait for their commit")
            .buildWithCallback(measured -> measured.record(commits.observations())));
    gauges.add(
        meter
            .gaugeBuilder("assay.otlp.requests.pending")
            .ofLongs()
            .setDescription("Requests that are not answered yet")
            .buildWithCallback(measured -> measured.record(arrivals.requests())));
    gauges.add(
        meter
            .gaugeBuilder("assay.otlp.bytes.pending")
            .ofLongs()
            .setUnit("By")
            .setDescription("Bytes of requests that are not answered yet, as they came")
            .buildWithCallback(measured -> measured.record(arrivals.bytes())));
  }

  void refused(String signal, Protocol protocol, Cause cause) {
    requests.add(
        1, Attributes.of(SIGNAL, signal, PROTOCOL, protocol.label(), OUTCOME, cause.label()));
  }

  void accepted(Signal signal, Protocol protocol, int messageBytes, Interpretation read) {
    Attributes from = Attributes.of(SIGNAL, signal.label(), PROTOCOL, protocol.label());
    requests.add(1, from.toBuilder().put(OUTCOME, "accepted").build());
    bytes.add(messageBytes, from);
    long ignored = read.count(Reason.Kind.IGNORED);
    long rejected = read.count(Reason.Kind.REJECTED);
    records(signal, "ignored", ignored);
    records(signal, "rejected", rejected);
    records(signal, "observed", read.records() - ignored - rejected);
    read.counts()
        .forEach(
            (reason, count) ->
                left.add(
                    count,
                    Attributes.of(
                        SIGNAL,
                        signal.label(),
                        KIND,
                        reason.kind().name().toLowerCase(java.util.Locale.ROOT),
                        REASON,
                        reason.label())));
  }

  /** A commit that was made. */
  void committed(long nanos) {
    commits.record(nanos / 1e9);
  }

  private void records(Signal signal, String outcome, long count) {
    records.add(count, Attributes.of(SIGNAL, signal.label(), OUTCOME, outcome));
  }
}
