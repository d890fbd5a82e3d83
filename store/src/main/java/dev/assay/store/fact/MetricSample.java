package dev.assay.store.fact;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One data point of a counter. Key: the series (name, attributes, temporality) and the time.
 * Counters count in a figure only where no keyed fact tells the same of that session.
 *
 * @param time end of the interval
 * @param startTime begin of the interval; for cumulative series, when counting began; null where
 *     not told
 * @param name for instance {@code claude_code.lines_of_code.count}
 * @param unit as sent, for instance {@code tokens}
 * @param attributes of the data point, those that are allowed to be kept
 * @param sessionId null where the exporter leaves it out
 * @param identity as the data point's attributes tell
 * @param cumulative false for delta temporality
 */
public record MetricSample(
    Instant time,
    @Nullable Instant startTime,
    String name,
    String unit,
    SortedMap<String, String> attributes,
    @Nullable String sessionId,
    Identity identity,
    boolean cumulative,
    double value)
    implements Observation {
  public MetricSample {
    attributes = new TreeMap<>(attributes);
  }

  @Override
  public Source source() {
    return Source.METRIC;
  }
}
