package dev.assay.receiver.interpret;

import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Histograms and summaries as numbers, each of which is a series of its own: the metric's name with
 * a part behind {@code #}. docs/telemetry.md lists the parts. Empty buckets are left out.
 */
final class Distributions {
  /** Buckets of one point; the SDKs' own limit is 160 on each side of zero. */
  static final int LIMIT_BUCKETS = 512;

  private Distributions() {}

  static Map<String, Double> of(HistogramDataPoint point) throws BadRecord {
    List<Long> counts = point.getBucketCountsList();
    List<Double> bounds = point.getExplicitBoundsList();
    limit(counts.size());
    if (!counts.isEmpty() && counts.size() != bounds.size() + 1) {
      throw new BadRecord(
          Reason.BAD_VALUE, "a histogram whose buckets are not one more than its bounds");
    }
    Map<String, Double> parts = totals(point.getCount(), point.hasSum(), point.getSum());
    for (int i = 0; i < counts.size(); i++) {
      String bound = i < bounds.size() ? Double.toString(bounds.get(i)) : "+Inf";
      put(parts, "le=" + bound, counts.get(i));
    }
    return parts;
  }

  static Map<String, Double> of(ExponentialHistogramDataPoint point) throws BadRecord {
    limit(point.getPositive().getBucketCountsCount() + point.getNegative().getBucketCountsCount());
    Map<String, Double> parts = totals(point.getCount(), point.hasSum(), point.getSum());
    put(parts, "zero", point.getZeroCount());
    put(parts, "positive", point.getScale(), point.getPositive());
    put(parts, "negative", point.getScale(), point.getNegative());
    return parts;
  }

  static Map<String, Double> of(SummaryDataPoint point) throws BadRecord {
    limit(point.getQuantileValuesCount());
    Map<String, Double> parts = totals(point.getCount(), true, point.getSum());
    for (SummaryDataPoint.ValueAtQuantile value : point.getQuantileValuesList()) {
      if (Double.isFinite(value.getValue())) { // NaN where nothing was observed
        parts.put("quantile=" + value.getQuantile(), value.getValue());
      }
    }
    return parts;
  }

  private static void put(
      Map<String, Double> parts,
      String side,
      int scale,
      ExponentialHistogramDataPoint.Buckets buckets) {
    for (int i = 0; i < buckets.getBucketCountsCount(); i++) {
      // The bucket (base^index, base^(index+1)], where base is 2^(2^-scale).
      long index = (long) buckets.getOffset() + i;
      put(parts, side + ",scale=" + scale + ",index=" + index, buckets.getBucketCounts(i));
    }
  }

  private static Map<String, Double> totals(long count, boolean hasSum, double sum)
      throws BadRecord {
    if (count < 0 || !Double.isFinite(sum)) {
      throw new BadRecord(Reason.BAD_VALUE, "a count or sum that cannot be");
    }
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("count", (double) count);
    if (hasSum) {
      parts.put("sum", sum);
    }
    return parts;
  }

  private static void put(Map<String, Double> parts, String part, long count) {
    if (count > 0) {
      parts.put(part, (double) count);
    }
  }

  private static void limit(int buckets) throws BadRecord {
    if (buckets > LIMIT_BUCKETS) {
      throw new BadRecord(
          Reason.TOO_MANY, "a data point of more than " + LIMIT_BUCKETS + " buckets");
    }
  }
}
