package dev.assay.store.join;

import dev.assay.store.fact.MetricSample;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one data point: a repeated one says the same, and where two differ the larger
 * stands.
 *
 * @param series names its series: a hash of name, unit, attributes, session, temporality and, for
 *     cumulative series, the time since which it counts
 * @param userName the best of the data point's own identity; null where it has none
 */
public record SampleJoin(
    String series,
    long timeMicros,
    @Nullable Long startMicros,
    String name,
    String unit,
    Labels labels,
    @Nullable String sessionId,
    @Nullable String userName,
    boolean cumulative,
    double value) {
  private static final int SERIES_BYTES = 16;

  /** What one sample says. */
  public static SampleJoin of(MetricSample o) {
    Long start = o.startTime() == null ? null : Join.micros(o.startTime());
    return new SampleJoin(
        series(o, start),
        Join.micros(o.time()),
        start,
        o.name(),
        o.unit(),
        Labels.of(o.attributes()),
        o.sessionId(),
        UserName.of(o.identity()),
        o.cumulative(),
        o.value());
  }

  /** What both say together. */
  public SampleJoin join(SampleJoin other) {
    long ownStart = startMicros == null ? Long.MAX_VALUE : startMicros;
    long otherStart = other.startMicros == null ? Long.MAX_VALUE : other.startMicros;
    boolean mine = value != other.value ? value > other.value : ownStart <= otherStart;
    return mine ? this : other;
  }

  private static String series(MetricSample o, @Nullable Long start) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      put(digest, o.name());
      put(digest, o.unit());
      put(digest, o.sessionId());
      put(digest, o.cumulative() ? "cumulative " + start : "delta");
      put(digest, UserName.of(o.identity()));
      o.attributes()
          .forEach(
              (key, value) -> {
                put(digest, key);
                put(digest, value);
              });
      return HexFormat.of().formatHex(digest.digest(), 0, SERIES_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The attributes that figures ask for, by Claude Code's names. */
  public record Labels(
      @Nullable String type,
      @Nullable String model,
      @Nullable String toolName,
      @Nullable String decision,
      @Nullable String source,
      @Nullable String language,
      @Nullable String startType) {
    static Labels of(SortedMap<String, String> attributes) {
      return new Labels(
          attributes.get("type"),
          attributes.get("model"),
          attributes.get("tool_name"),
          attributes.get("decision"),
          attributes.get("source"),
          attributes.get("language"),
          attributes.get("start_type"));
    }
  }

  private static void put(MessageDigest digest, @Nullable String text) {
    digest.update(text == null ? (byte) 0 : (byte) 1);
    if (text != null) {
      digest.update(text.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
  }
}
