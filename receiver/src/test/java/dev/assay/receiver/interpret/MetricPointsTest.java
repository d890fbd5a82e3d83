package dev.assay.receiver.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.fact.ExporterSeen;
import dev.assay.store.fact.MetricSample;
import dev.assay.store.fact.SessionObservation;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the captures' counters have not. */
class MetricPointsTest {
  private static final long NANOS =
      Logs.TIME.getEpochSecond() * 1_000_000_000L + Logs.TIME.getNano();
  private final Interpreter interpreter = new Interpreter();

  private Interpretation read(Metric... metrics) {
    return interpreter.metrics(request(metrics), Logs.TIME);
  }

  private static ExportMetricsServiceRequest request(Metric... metrics) {
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(
                    Resource.newBuilder()
                        .addAttributes(Logs.attribute("service.name", "claude-code"))
                        .addAttributes(Logs.attribute("enduser.id", "dev")))
                .addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(List.of(metrics))))
        .build();
  }

  private static List<MetricSample> samples(Interpretation read) {
    return read.observations().stream()
        .filter(MetricSample.class::isInstance)
        .map(MetricSample.class::cast)
        .toList();
  }

  @Test
  void sum_bothTemporalitiesAndBothNumbers() {
    assertThat(
            samples(
                read(
                    sum("claude_code.cost.usage", 1, point().setAsDouble(0.25)),
                    sum("claude_code.commit.count", 2, point().setAsInt(3)))))
        .satisfiesExactly(
            delta -> {
              assertThat(delta.cumulative()).isFalse();
              assertThat(delta.value()).isEqualTo(0.25);
              assertThat(delta.time()).isEqualTo(Logs.TIME);
              assertThat(delta.startTime()).isEqualTo(Logs.TIME.minusSeconds(60));
              assertThat(delta.sessionId()).isEqualTo("s");
              assertThat(delta.identity().endUserId()).isEqualTo("dev");
              assertThat(delta.attributes())
                  .containsEntry("session.id", "s")
                  .containsEntry("service.name", "claude-code");
            },
            cumulative -> {
              assertThat(cumulative.cumulative()).isTrue();
              assertThat(cumulative.value()).isEqualTo(3);
            });
  }

  @Test
  void gauge_isKept_histogramWithoutTimeIsRejected() {
    Interpretation read =
        read(
            Metric.newBuilder()
                .setName("some.gauge")
                .setGauge(Gauge.newBuilder().addDataPoints(point().setAsDouble(4)))
                .build(),
            Metric.newBuilder()
                .setName("some.histogram")
                .setHistogram(
                    Histogram.newBuilder()
                        .addDataPoints(HistogramDataPoint.newBuilder())
                        .addDataPoints(HistogramDataPoint.newBuilder()))
                .build());
    assertThat(samples(read)).singleElement().matches(MetricSample::cumulative);
    assertThat(read.count(Reason.BAD_TIME)).isEqualTo(2);
    assertThat(read.records()).isEqualTo(3);
    assertThat(read.observations()).noneMatch(SessionObservation.class::isInstance);
  }

  @Test
  void agentsView_isNoConversation() {
    Interpretation read =
        read(
            sum(
                "claude_code.session.count",
                1,
                point().setAsInt(1).addAttributes(Logs.attribute("start_type", "agents_view"))));
    assertThat(read.count(Reason.AGENTS_VIEW)).isEqualTo(1);
    assertThat(read.observations()).isEmpty();
  }

  @Test
  void bad_isRejectedAlone() {
    NumberDataPoint.Builder good = point().setAsInt(1);
    record Case(Metric metric, Reason reason) {}
    for (Case bad :
        List.of(
            new Case(sum("m", 0, point().setAsInt(1)), Reason.NO_TEMPORALITY),
            new Case(sum("m", 1, point()), Reason.MISSING),
            new Case(sum("m", 1, point().setAsDouble(Double.NaN)), Reason.BAD_VALUE),
            new Case(sum("m", 1, point().setAsDouble(Double.POSITIVE_INFINITY)), Reason.BAD_VALUE),
            new Case(sum("m", 1, point().setAsInt(1).setTimeUnixNano(0)), Reason.BAD_TIME),
            new Case(sum("", 1, point().setAsInt(1)), Reason.BAD_VALUE),
            new Case(
                sum("m".repeat(MetricPoints.LIMIT_NAME_CHARS + 1), 1, point().setAsInt(1)),
                Reason.BAD_VALUE))) {
      Interpretation read = read(bad.metric, sum("claude_code.commit.count", 1, good));
      assertThat(read.count(bad.reason)).isEqualTo(1);
      assertThat(samples(read)).hasSize(1);
    }
    assertThat(samples(read(sum("m".repeat(MetricPoints.LIMIT_NAME_CHARS), 1, good)))).hasSize(1);
  }

  @Test
  void noRecordedValue_isIgnored() {
    Interpretation read = read(sum("m", 1, point().setAsInt(1).setFlags(1)));
    assertThat(read.count(Reason.NO_VALUE)).isEqualTo(1);
    assertThat(samples(read)).isEmpty();
  }

  @Test
  void unlistedAttribute_isWithheld_butSeriesStayApart() {
    Interpretation read =
        read(
            sum("m", 1, point().setAsInt(1).addAttributes(Logs.attribute("secret", "a"))),
            sum("m", 1, point().setAsInt(2).addAttributes(Logs.attribute("secret", "b"))),
            sum("m", 1, point().setAsInt(2).addAttributes(Logs.attribute("secret", "b"))));
    assertThat(read.count(Reason.NOT_LISTED)).isEqualTo(3);
    List<MetricSample> samples = samples(read);
    assertThat(samples.toString()).doesNotContain("secret");
    assertThat(samples.get(0).attributes()).isNotEqualTo(samples.get(1).attributes());
    assertThat(samples.get(1).attributes()).isEqualTo(samples.get(2).attributes());
  }

  @Test
  void exporter_isSeenOnce() {
    assertThat(
            read(sum("claude_code.commit.count", 1, point().setAsInt(1))).observations().stream()
                .filter(ExporterSeen.class::isInstance))
        .hasSize(1);
  }

  @Test
  void series_atTheLimitAndOnePast() {
    Interpreter two = new Interpreter(null, 2);
    assertThat(samples(two.metrics(request(series("a"), series("b")), Logs.TIME))).hasSize(2);
    Interpretation third = two.metrics(request(series("c"), series("a")), Logs.TIME);
    assertThat(third.count(Reason.TOO_MANY_SERIES)).isEqualTo(1);
    assertThat(third.complaint())
        .contains("record 1 of the request")
        .contains("receivers.otlp.limits.series");
    assertThat(samples(third)).singleElement().matches(known -> known.name().equals("a"));
    Instant tomorrow = Logs.TIME.plus(1, ChronoUnit.DAYS);
    assertThat(samples(two.metrics(request(series("c"), series("d")), tomorrow))).hasSize(2);
    assertThat(two.metrics(request(series("a")), tomorrow).count(Reason.TOO_MANY_SERIES))
        .isEqualTo(1);
    // A clock that is set back begins a day, too, and none is stuck.
    assertThat(samples(two.metrics(request(series("a")), Logs.TIME))).hasSize(1);
  }

  /** A histogram is several series: all of them, or none. */
  @Test
  void series_ofOnePoint_areKeptTogetherOrNotAtAll() {
    Metric histogram =
        Metric.newBuilder()
            .setName("h")
            .setHistogram(
                Histogram.newBuilder()
                    .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                    .addDataPoints(
                        HistogramDataPoint.newBuilder()
                            .setTimeUnixNano(NANOS)
                            .setCount(1)
                            .setSum(2)))
            .build();
    Interpreter one = new Interpreter(null, 1);
    Interpretation read = one.metrics(request(histogram), Logs.TIME);
    assertThat(read.count(Reason.TOO_MANY_SERIES)).isEqualTo(1);
    assertThat(samples(read)).isEmpty();
    assertThat(samples(one.metrics(request(series("a")), Logs.TIME))).hasSize(1);
    assertThat(samples(new Interpreter(null, 2).metrics(request(histogram), Logs.TIME))).hasSize(2);
  }

  @Test
  void series_manyOfThem_areEachCountedOnce() {
    int limit = 5_000;
    Interpreter many = new Interpreter(null, limit);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < limit; i++) {
        assertThat(many.metrics(request(series("m" + i)), Logs.TIME).complaint()).isNull();
      }
      assertThat(many.metrics(request(series("one more")), Logs.TIME).complaint()).isNotNull();
    }
  }

  private static Metric series(String name) {
    return sum(name, 1, point().setAsInt(1));
  }

  private static NumberDataPoint.Builder point() {
    return NumberDataPoint.newBuilder()
        .setTimeUnixNano(NANOS)
        .setStartTimeUnixNano(NANOS - 60_000_000_000L)
        .addAttributes(Logs.attribute("session.id", "s"));
  }

  private static Metric sum(String name, int temporality, NumberDataPoint.Builder point) {
    return Metric.newBuilder()
        .setName(name)
        .setSum(
            Sum.newBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(AggregationTemporality.forNumber(temporality))
                .addDataPoints(point))
        .build();
  }
}
