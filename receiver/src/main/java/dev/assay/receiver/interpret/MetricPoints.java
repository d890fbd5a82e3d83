package dev.assay.receiver.interpret;

import dev.assay.store.fact.MetricSample;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.Source;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The data points of metrics, Claude Code's own and any other. */
final class MetricPoints {
  /** Characters of a metric's name or unit. */
  static final int LIMIT_NAME_CHARS = 255;

  private static final String SESSION_COUNT = "claude_code.session.count";
  private static final String CLIENT = "claude_code.";

  private final SeriesLimit series;
  private final Instant receivedAt;
  private final Tally tally;
  private final Sightings sightings;
  private final List<Observation> observations;

  MetricPoints(
      SeriesLimit series,
      Instant receivedAt,
      Tally tally,
      Sightings sightings,
      List<Observation> observations) {
    this.series = series;
    this.receivedAt = receivedAt;
    this.tally = tally;
    this.sightings = sightings;
    this.observations = observations;
  }

  /** Reads all points of a metric; returns the newest time among them, null where there is none. */
  @Nullable Instant read(Metric metric, Attributes resource) {
    return switch (metric.getDataCase()) {
      case SUM ->
          numbers(
              metric,
              metric.getSum().getAggregationTemporality(),
              metric.getSum().getDataPointsList(),
              resource);
      // A gauge has no interval: its newest value stands, as with a cumulative sum.
      case GAUGE ->
          numbers(
              metric,
              AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE,
              metric.getGauge().getDataPointsList(),
              resource);
      case HISTOGRAM ->
          each(
              metric.getHistogram().getDataPointsList(),
              point ->
                  keep(
                      metric,
                      metric.getHistogram().getAggregationTemporality(),
                      Point.of(point, resource, tally),
                      () -> Distributions.of(point)));
      case EXPONENTIAL_HISTOGRAM ->
          each(
              metric.getExponentialHistogram().getDataPointsList(),
              point ->
                  keep(
                      metric,
                      metric.getExponentialHistogram().getAggregationTemporality(),
                      Point.of(point, resource, tally),
                      () -> Distributions.of(point)));
      // A summary counts since its start, as a cumulative histogram does.
      case SUMMARY ->
          each(
              metric.getSummary().getDataPointsList(),
              point ->
                  keep(
                      metric,
                      AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE,
                      Point.of(point, resource, tally),
                      () -> Distributions.of(point)));
      case DATA_NOT_SET -> null;
    };
  }

  private @Nullable Instant numbers(
      Metric metric,
      AggregationTemporality temporality,
      List<NumberDataPoint> points,
      Attributes resource) {
    return each(
        points,
        point ->
            keep(
                metric,
                temporality,
                Point.of(point, resource, tally),
                () -> Map.of("", value(point))));
  }

  private <T> @Nullable Instant each(List<T> points, Reading<T> reading) {
    Instant newest = null;
    for (T point : points) {
      tally.record();
      try {
        Instant time = reading.read(point);
        newest = time != null && (newest == null || time.isAfter(newest)) ? time : newest;
      } catch (BadRecord fault) {
        tally.reject(fault);
      }
    }
    return newest;
  }

  private @Nullable Instant keep(
      Metric metric, AggregationTemporality temporality, Point point, Values values)
      throws BadRecord {
    Attributes attributes = point.attributes();
    if ((point.flags() & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) != 0) {
      tally.count(Reason.NO_VALUE);
      return null;
    }
    boolean agentsView =
        metric.getName().equals(SESSION_COUNT)
            && ClientAttributes.AGENTS_VIEW.equals(attributes.text(ClientAttributes.START_TYPE));
    if (agentsView) {
      tally.count(Reason.AGENTS_VIEW);
      return null;
    }
    Instant time = Times.ofUnixNanos(point.timeNanos());
    if (time == null) {
      throw new BadRecord(Reason.BAD_TIME, "a data point without time_unix_nano");
    }
    if (temporality != AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA
        && temporality != AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE) {
      throw new BadRecord(Reason.NO_TEMPORALITY, "a metric of neither temporality");
    }
    if (metric.getName().isEmpty()
        || metric.getName().length() > LIMIT_NAME_CHARS
        || metric.getUnit().length() > LIMIT_NAME_CHARS) {
      throw new BadRecord(
          Reason.BAD_VALUE, "a metric whose name or unit is empty or has over 255 characters");
    }
    String sessionId = attributes.text(ClientAttributes.SESSION_ID);
    SortedMap<String, String> kept = attributes.kept();
    List<MetricSample> samples = new ArrayList<>();
    for (Map.Entry<String, Double> value : values.read().entrySet()) {
      String part = value.getKey();
      samples.add(
          new MetricSample(
              time,
              Times.ofUnixNanos(point.startNanos()),
              part.isEmpty() ? metric.getName() : metric.getName() + "#" + part,
              metric.getUnit(),
              kept,
              sessionId,
              ClientAttributes.identity(attributes),
              temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE,
              value.getValue()));
    }
    if (!series.admits(samples, receivedAt)) {
      throw new BadRecord(
          Reason.TOO_MANY_SERIES,
          "a new series, past the limit of series of a day (receivers.otlp.limits.series)");
    }
    observations.addAll(samples);
    if (sessionId != null && metric.getName().startsWith(CLIENT)) {
      sightings.session(
          Source.METRIC,
          time,
          true,
          attributes,
          () -> ClientAttributes.session(Source.METRIC, sessionId, attributes, true));
    }
    return time;
  }

  private static double value(NumberDataPoint point) throws BadRecord {
    double value =
        switch (point.getValueCase()) {
          case AS_DOUBLE -> point.getAsDouble();
          case AS_INT -> point.getAsInt();
          case VALUE_NOT_SET -> throw new BadRecord(Reason.MISSING, "a data point without value");
        };
    if (!Double.isFinite(value)) {
      throw new BadRecord(Reason.BAD_VALUE, "a data point whose value is not finite");
    }
    return value;
  }

  /** What all kinds of point have. */
  private record Point(Attributes attributes, int flags, long timeNanos, long startNanos) {
    static Point of(NumberDataPoint point, Attributes resource, Tally tally) {
      return new Point(
          Attributes.ofPoint(point.getAttributesList(), resource, tally),
          point.getFlags(),
          point.getTimeUnixNano(),
          point.getStartTimeUnixNano());
    }

    static Point of(HistogramDataPoint point, Attributes resource, Tally tally) {
      return new Point(
          Attributes.ofPoint(point.getAttributesList(), resource, tally),
          point.getFlags(),
          point.getTimeUnixNano(),
          point.getStartTimeUnixNano());
    }

    static Point of(ExponentialHistogramDataPoint point, Attributes resource, Tally tally) {
      return new Point(
          Attributes.ofPoint(point.getAttributesList(), resource, tally),
          point.getFlags(),
          point.getTimeUnixNano(),
          point.getStartTimeUnixNano());
    }

    static Point of(SummaryDataPoint point, Attributes resource, Tally tally) {
      return new Point(
          Attributes.ofPoint(point.getAttributesList(), resource, tally),
          point.getFlags(),
          point.getTimeUnixNano(),
          point.getStartTimeUnixNano());
    }
  }

  private interface Reading<T> {
    @Nullable Instant read(T point) throws BadRecord;
  }

  /** The numbers of a point, by part; one without a part is the metric itself. */
  private interface Values {
    Map<String, Double> read() throws BadRecord;
  }
}
