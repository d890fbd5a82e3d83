package dev.assay.store.join;

import dev.assay.store.fact.ExporterSeen;
import org.jspecify.annotations.Nullable;

/** What is known of something that exports here: the latest wins, field by field. */
public record ExporterJoin(
    String serviceName,
    String instanceId,
    long lastMicros,
    @Nullable Ranked<String> version,
    @Nullable Ranked<String> host,
    Ranked<Long> clockSkewMillis) {

  /** What one observation says. */
  public static ExporterJoin of(ExporterSeen o) {
    long rank = Join.latest(0, o.time());
    return new ExporterJoin(
        o.serviceName(),
        o.instanceId(),
        Join.micros(o.time()),
        Ranked.of(o.version(), rank),
        Ranked.of(o.host(), rank),
        new Ranked<>(o.clockSkewMillis(), rank));
  }

  /** What both say together. */
  public ExporterJoin join(ExporterJoin other) {
    return new ExporterJoin(
        serviceName,
        instanceId,
        Math.max(lastMicros, other.lastMicros),
        Ranked.best(version, other.version),
        Ranked.best(host, other.host),
        Known.best(clockSkewMillis, other.clockSkewMillis));
  }
}
