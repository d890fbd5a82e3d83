package dev.assay.web.metrics;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.net.URI;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exporter that tells once that it fails, and once that it works again. The library's own log
 * tells it at each interval, and with it the answer's body, which is the other end's to choose and
 * may repeat the headers that it was asked with.
 */
final class QuietExporter implements MetricExporter {
  private static final Logger log = LoggerFactory.getLogger(QuietExporter.class);

  /** Kept here: a logger that nobody holds forgets its level. */
  private static final java.util.logging.Logger LIBRARY =
      java.util.logging.Logger.getLogger("io.opentelemetry.exporter");

  private final MetricExporter exporter;
  private final URI endpoint;
  private final AtomicBoolean failing = new AtomicBoolean();

  QuietExporter(MetricExporter exporter, URI endpoint) {
    LIBRARY.setLevel(Level.OFF);
    this.exporter = exporter;
    this.endpoint = endpoint;
  }

  @Override
  public CompletableResultCode export(Collection<MetricData> metrics) {
    CompletableResultCode result = exporter.export(metrics);
    result.whenComplete(() -> told(result.isSuccess()));
    return result;
  }

  private void told(boolean success) {
    if (failing.getAndSet(!success) == success) {
      log.warn(
          success
              ? "service.telemetry.metrics: {} takes Assay's metrics again"
              : "service.telemetry.metrics: {} does not take Assay's metrics; they are sent again"
                  + " at each interval",
          endpoint);
    }
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType type) {
    return exporter.getAggregationTemporality(type);
  }

  @Override
  public Aggregation getDefaultAggregation(InstrumentType type) {
    return exporter.getDefaultAggregation(type);
  }

  @Override
  public MemoryMode getMemoryMode() {
    return exporter.getMemoryMode();
  }
}
