package dev.assay.receiver.forward;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;

/**
 * What is counted of one endpoint. For each signal: requests given = sent + dropped by reason +
 * empty + those that wait.
 */
final class ForwardCounters {
  private static final AttributeKey<String> EXPORTER = AttributeKey.stringKey("exporter");
  private static final AttributeKey<String> SIGNAL = AttributeKey.stringKey("signal");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");
  private static final AttributeKey<String> KIND = AttributeKey.stringKey("kind");

  private final String exporter;
  private final LongCounter requests;
  private final LongCounter records;
  private final LongCounter retries;
  private final LongCounter withheld;

  ForwardCounters(Meter meter, String exporter) {
    this.exporter = exporter;
    requests =
        meter
            .counterBuilder("assay.forward.requests")
            .setDescription("Requests to be passed on, by what became of them")
            .build();
    records =
        meter
            .counterBuilder("assay.forward.records")
            .setDescription("Records that an endpoint took, or rejected alone")
            .build();
    retries =
        meter
            .counterBuilder("assay.forward.retries")
            .setDescription("Attempts that failed and were made again, by reason")
            .build();
    withheld =
        meter
            .counterBuilder("assay.forward.withheld")
            .setDescription("What stayed here of requests that were passed on, by kind")
            .build();
  }

  void sent(ForwardedSignal signal, long count, long rejected) {
    end(signal, "sent", "");
    records.add(
        Math.max(0, count - rejected),
        Attributes.of(EXPORTER, exporter, SIGNAL, signal.label(), OUTCOME, "taken"));
    records.add(
        rejected, Attributes.of(EXPORTER, exporter, SIGNAL, signal.label(), OUTCOME, "rejected"));
  }

  /** Nothing of it may leave. */
  void empty(ForwardedSignal signal) {
    end(signal, "empty", "");
  }

  void dropped(ForwardedSignal signal, Drop why) {
    end(signal, "dropped", why.label());
  }

  void retried(ForwardedSignal signal, String why) {
    retries.add(1, Attributes.of(EXPORTER, exporter, SIGNAL, signal.label(), REASON, why));
  }

  void withheld(ForwardedSignal signal, Withheld kept) {
    withheld(signal, "attribute", kept.attributes());
    withheld(signal, "text", kept.texts());
    withheld(signal, "body", kept.bodies());
    withheld(signal, "record", kept.records());
  }

  private void withheld(ForwardedSignal signal, String kind, long count) {
    if (count > 0) {
      withheld.add(count, Attributes.of(EXPORTER, exporter, SIGNAL, signal.label(), KIND, kind));
    }
  }

  private void end(ForwardedSignal signal, String outcome, String reason) {
    requests.add(
        1,
        Attributes.of(
            EXPORTER, exporter, SIGNAL, signal.label(), OUTCOME, outcome, REASON, reason));
  }
}
