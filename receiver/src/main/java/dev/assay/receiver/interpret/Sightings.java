package dev.assay.receiver.interpret;

import dev.assay.store.fact.ExporterSeen;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.SessionObservation;
import dev.assay.store.fact.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who was seen in one request. A session says the same of itself in each of its records; it becomes
 * an observation at its first and its last time only.
 */
final class Sightings {
  private final Instant receivedAt;
  private final Map<SessionObservation, Span> sessions = new LinkedHashMap<>();
  private final Map<ExporterSeen, Instant> exporters = new LinkedHashMap<>();

  Sightings(Instant receivedAt) {
    this.receivedAt = receivedAt;
  }

  void session(SessionObservation seen) {
    sessions.merge(at(seen, Instant.EPOCH), new Span(seen.time(), seen.time()), Span::join);
  }

  /** An exporter, with the time of one of its records. */
  void exporter(
      Source source,
      Instant recordTime,
      String service,
      String instance,
      @Nullable String version,
      @Nullable String host) {
    exporters.merge(
        new ExporterSeen(source, receivedAt, service, instance, version, host, 0),
        recordTime,
        (a, b) -> a.isAfter(b) ? a : b);
  }

  void addTo(List<Observation> observations) {
    sessions.forEach(
        (seen, span) -> {
          observations.add(at(seen, span.first));
          if (!span.last.equals(span.first)) {
            observations.add(at(seen, span.last));
          }
        });
    exporters.forEach(
        (seen, newest) ->
            observations.add(
                new ExporterSeen(
                    seen.source(),
                    receivedAt,
                    seen.serviceName(),
                    seen.instanceId(),
                    seen.version(),
                    seen.host(),
                    Duration.between(newest, receivedAt).toMillis())));
  }

  private static SessionObservation at(SessionObservation seen, Instant time) {
    return new SessionObservation(
        seen.source(),
        time,
        seen.sessionId(),
        seen.identity(),
        seen.terminalType(),
        seen.entrypoint(),
        seen.accountKind(),
        seen.remote(),
        seen.clientVersion(),
        seen.host(),
        seen.ownRecord());
  }

  private record Span(Instant first, Instant last) {
    Span join(Span other) {
      return new Span(
          other.first.isBefore(first) ? other.first : first,
          other.last.isAfter(last) ? other.last : last);
    }
  }
}
