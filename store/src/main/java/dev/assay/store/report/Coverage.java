package dev.assay.store.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How complete the data is.
 *
 * @param sessionsWithoutEdits sessions that have decisions or usage, but no edit with lines
 * @param editsWithoutRepository applied edits whose repository is unknown
 * @param editsWithoutLines applied edits whose lines did not travel or were cut
 * @param sessionsWithoutUser sessions of which no identity is known
 */
public record Coverage(
    List<Exporter> exporters,
    long sessions,
    long sessionsWithoutEdits,
    long edits,
    long editsWithoutRepository,
    long editsWithoutLines,
    long sessionsWithoutUser) {
  public Coverage {
    exporters = List.copyOf(exporters);
  }

  /** Something that exported here, and when it was last heard. */
  public record Exporter(
      String serviceName,
      String instanceId,
      @Nullable String version,
      @Nullable String host,
      Instant lastHeard,
      long clockSkewMillis) {}
}
