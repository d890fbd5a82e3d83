package dev.assay.web.metrics;

import dev.assay.receiver.attribution.Limits;
import dev.assay.receiver.follow.FollowProgress;
import dev.assay.store.Store;
import dev.assay.web.config.MetricsReader;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The server's counters: every part counts with an OpenTelemetry {@link Meter} of its own scope,
 * and one reader renders them all as Prometheus text. They are sent as OTLP only where that is
 * configured.
 */
public final class Metrics implements AutoCloseable {
  /** Of what {@link #write} writes. */
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private final PrometheusMetricReader reader;
  private final SdkMeterProvider provider;
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

  /** Whether this thread wants counters only: then nobody is asked how the store stands. */
  private final ThreadLocal<Boolean> countersOnly = ThreadLocal.withInitial(() -> false);

  /** For {@code /metrics} alone: nothing is sent anywhere. */
  public Metrics() {
    this(List.of());
  }

  /**
   * @param sending where they are sent besides; closed with this
   */
  public Metrics(List<MetricsReader> sending) {
    this.reader =
        PrometheusMetricReader.builder()
            .setOtelScopeLabelsEnabled(false)
            .setTargetInfoMetricEnabled(false)
            .build();
    SdkMeterProviderBuilder builder = SdkMeterProvider.builder().registerMetricReader(reader);
    if (!sending.isEmpty()) {
      builder.setResource(OtlpReaders.resource());
    }
    sending.forEach(to -> builder.registerMetricReader(OtlpReaders.of(to)));
    this.provider = builder.build();
  }

  /**
   * The meter of one part.
   *
   * @param scope its package, for instance {@code dev.assay.receiver.otlp}
   */
  public Meter meter(String scope) {
    return provider.get(scope);
  }

  /** Adds how the store stands and the summary's figures, read at each scrape. */
  public void observe(Store store) {
    StoreGauges.register(meter("dev.assay.store"), store, () -> !countersOnly.get());
  }

  /**
   * Adds how far attribution is behind.
   *
   * @param progress asked at each scrape
   * @param clock says how long a change waits
   */
  public void observe(Supplier<FollowProgress> progress, InstantSource clock) {
    Meter meter = meter("dev.assay.receiver.follow");
    ObservableLongMeasurement pending =
        meter
            .gaugeBuilder("assay.attribution.pending")
            .setDescription("Merged changes that are not judged yet, or to be judged again")
            .ofLongs()
            .buildObserver();
    ObservableLongMeasurement lag =
        meter
            .gaugeBuilder("assay.attribution.lag")
            .setUnit("s")
            .setDescription("Since the merge of the oldest change that was not judged yet")
            .ofLongs()
            .buildObserver();
    meter.batchCallback(
        () -> {
          FollowProgress now = progress.get();
          Instant oldest = now.oldestUnjudged();
          pending.record(Math.max(0, now.total() - now.done()));
          lag.record(
              oldest == null
                  ? 0
                  : Math.max(0, Duration.between(oldest, clock.instant()).toSeconds()));
        },
        pending,
        lag);
  }

  /** The limits of attribution, each counted where it leaves something out. */
  public Limits limits() {
    return LimitCounter.in(meter("dev.assay.receiver.attribution"));
  }

  /**
   * The counters whose name begins so, as they stand, ordered by name and labels; those at zero are
   * left out, and those that the store is asked for.
   */
  public List<Count> counts(String prefix) {
    countersOnly.set(true);
    try {
      return counts(reader.collect(), prefix);
    } finally {
      countersOnly.remove();
    }
  }

  private static List<Count> counts(MetricSnapshots all, String prefix) {
    return all.stream()
        .filter(CounterSnapshot.class::isInstance)
        .map(CounterSnapshot.class::cast)
        .flatMap(Metrics::points)
        .filter(count -> count.name().startsWith(prefix) && count.value() > 0)
        .sorted(Comparator.comparing(Count::name).thenComparing(count -> count.labels().toString()))
        .toList();
  }

  private static Stream<Count> points(CounterSnapshot counter) {
    String name = counter.getMetadata().getPrometheusName() + "_total";
    return counter.getDataPoints().stream()
        .map(
            point -> {
              SortedMap<String, String> labels = new TreeMap<>();
              point.getLabels().forEach(label -> labels.put(label.getName(), label.getValue()));
              return new Count(name, labels, Math.round(point.getValue()));
            });
  }

  /** Writes all counters as they stand, in the Prometheus text format. */
  public void write(OutputStream out) throws IOException {
    writer.write(out, reader.collect(), EscapingScheme.UNDERSCORE_ESCAPING);
  }

  @Override
  public void close() {
    provider.close();
  }

  /**
   * One counter for one set of labels, since the server's start.
   *
   * @param name as {@link #write} writes it
   */
  public record Count(String name, SortedMap<String, String> labels, long value) {
    public Count {
      labels = new TreeMap<>(labels);
    }
  }
}
