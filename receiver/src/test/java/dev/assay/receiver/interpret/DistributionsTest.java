package dev.assay.receiver.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.fact.MetricSample;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Histograms and summaries, as the metrics data model draws them. */
class DistributionsTest {
  private static final long NANOS = Logs.TIME.getEpochSecond() * 1_000_000_000L;

  private static Interpretation read(Metric.Builder metric) {
    return new Interpreter()
        .metrics(
            ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(
                    ResourceMetrics.newBuilder()
                        .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric.setName("m"))))
                .build(),
            Logs.TIME);
  }

  private static Interpretation histogram(HistogramDataPoint.Builder point) {
    return read(
        Metric.newBuilder()
            .setHistogram(
                Histogram.newBuilder()
                    .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                    .addDataPoints(point.setTimeUnixNano(NANOS))));
  }

  private static Interpretation exponential(ExponentialHistogramDataPoint.Builder point) {
    return read(
        Metric.newBuilder()
            .setExponentialHistogram(
                ExponentialHistogram.newBuilder()
                    .setAggregationTemporality(
                        AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                    .addDataPoints(point.setTimeUnixNano(NANOS))));
  }

  private static String samples(Interpretation read) {
    return read.observations().stream()
        .filter(MetricSample.class::isInstance)
        .map(MetricSample.class::cast)
        .map(sample -> sample.name() + "=" + sample.value())
        .collect(Collectors.joining(" "));
  }

  @Test
  void histogram_countSumAndBucketsThatAreNotEmpty() {
    assertThat(
            samples(
                histogram(
                    HistogramDataPoint.newBuilder()
                        .setCount(4)
                        .setSum(9.5)
                        .addAllExplicitBounds(List.of(1.0, 5.0))
                        .addAllBucketCounts(List.of(1L, 0L, 3L)))))
        .isEqualTo("m#count=4.0 m#sum=9.5 m#le=1.0=1.0 m#le=+Inf=3.0");
  }

  @Test
  void histogram_withoutSumAndBuckets() {
    assertThat(samples(histogram(HistogramDataPoint.newBuilder().setCount(4))))
        .isEqualTo("m#count=4.0");
  }

  @Test
  void exponential_bucketsByScaleAndIndex() {
    assertThat(
            samples(
                exponential(
                    ExponentialHistogramDataPoint.newBuilder()
                        .setCount(7)
                        .setSum(20)
                        .setScale(1)
                        .setZeroCount(2)
                        .setPositive(
                            ExponentialHistogramDataPoint.Buckets.newBuilder()
                                .setOffset(-1)
                                .addAllBucketCounts(List.of(1L, 0L, 3L)))
                        .setNegative(
                            ExponentialHistogramDataPoint.Buckets.newBuilder()
                                .setOffset(4)
                                .addBucketCounts(1)))))
        .isEqualTo(
            "m#count=7.0 m#sum=20.0 m#zero=2.0 m#positive,scale=1,index=-1=1.0"
                + " m#positive,scale=1,index=1=3.0 m#negative,scale=1,index=4=1.0");
  }

  @Test
  void summary_quantilesThatHaveAValue() {
    Interpretation read =
        read(
            Metric.newBuilder()
                .setSummary(
                    Summary.newBuilder()
                        .addDataPoints(
                            SummaryDataPoint.newBuilder()
                                .setTimeUnixNano(NANOS)
                                .setCount(2)
                                .setSum(3)
                                .addQuantileValues(quantile(0.5, 1))
                                .addQuantileValues(quantile(0.99, Double.NaN)))));
    assertThat(samples(read)).isEqualTo("m#count=2.0 m#sum=3.0 m#quantile=0.5=1.0");
  }

  private static SummaryDataPoint.ValueAtQuantile quantile(double at, double value) {
    return SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(at).setValue(value).build();
  }

  @Test
  void bad_isRejected() {
    assertThat(
            histogram(HistogramDataPoint.newBuilder().addBucketCounts(1).addExplicitBounds(1))
                .count(Reason.BAD_VALUE))
        .isEqualTo(1);
    assertThat(
            histogram(HistogramDataPoint.newBuilder().setCount(1).setSum(Double.NaN))
                .count(Reason.BAD_VALUE))
        .isEqualTo(1);
  }

  @Test
  void buckets_atTheLimitAndOnePastIt() {
    for (int more : List.of(0, 1)) {
      ExponentialHistogramDataPoint.Buckets.Builder buckets =
          ExponentialHistogramDataPoint.Buckets.newBuilder();
      for (int i = 0; i < Distributions.LIMIT_BUCKETS + more; i++) {
        buckets.addBucketCounts(0);
      }
      Interpretation read =
          exponential(ExponentialHistogramDataPoint.newBuilder().setPositive(buckets));
      assertThat(read.count(Reason.TOO_MANY)).isEqualTo(more);
    }
  }
}
