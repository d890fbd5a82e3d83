package dev.assay.receiver.otlp;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.Map;
import java.util.TreeMap;

/** Collects when asked. */
final class MeterReader implements MetricReader {
  private CollectionRegistration registration = CollectionRegistration.noop();

  @Override
  public void register(CollectionRegistration to) {
    registration = to;
  }

  Map<String, Long> sums(String metric, String... attributes) {
    Map<String, Long> sums = new TreeMap<>();
    for (MetricData data : registration.collectAllMetrics()) {
      if (data.getName().equals(metric)) {
        for (LongPointData point : data.getLongSumData().getPoints()) {
          StringBuilder key = new StringBuilder();
          for (String attribute : attributes) {
            key.append(key.isEmpty() ? "" : " ")
                .append(point.getAttributes().get(AttributeKey.stringKey(attribute)));
          }
          sums.merge(key.toString(), point.getValue(), Long::sum);
        }
      }
    }
    return sums;
  }

  /** The value of a gauge without attributes. */
  long gauge(String metric) {
    return registration.collectAllMetrics().stream()
        .filter(data -> data.getName().equals(metric))
        .flatMap(data -> data.getLongGaugeData().getPoints().stream())
        .mapToLong(LongPointData::getValue)
        .sum();
  }

  @Override
  public CompletableResultCode forceFlush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType type) {
    return AggregationTemporality.CUMULATIVE;
  }
}
