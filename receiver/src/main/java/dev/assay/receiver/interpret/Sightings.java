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
  private final Map<ExporterSeen, Span> exporters = new LinkedHashMap<>();

  /** Most records of a request are of whom the one before was of: no need to look those up. */
  private @Nullable SessionObservation lastSession;

  private @Nullable ExporterSeen lastExporter;
  private Span ofLastSession = new Span();
  private Span ofLastExporter = new Span();

  Sightings(Instant receivedAt) {
    this.receivedAt = receivedAt;
  }

  void session(SessionObservation seen) {
    SessionObservation key = at(seen, Instant.EPOCH);
    if (!key.equals(lastSession)) {
      lastSession = key;
      ofLastSession = sessions.computeIfAbsent(key, first -> new Span());
    }
    ofLastSession.add(seen.time());
  }

  /** An exporter, with the time of one of its records. */
  void exporter(
      Source source,
      Instant recordTime,
      String service,
      String instance,
      @Nullable String version,
      @Nullable String host) {
    ExporterSeen key = new ExporterSeen(source, receivedAt, service, instance, version, host, 0);
    if (!key.equals(lastExporter)) {
      lastExporter = key;
      ofLastExporter = exporters.computeIfAbsent(key, first -> new Span());
    }
    ofLastExporter.add(recordTime);
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
        (seen, span) ->
            observations.add(
                new ExporterSeen(
                    seen.source(),
                    receivedAt,
                    seen.serviceName(),
                    seen.instanceId(),
                    seen.version(),
                    seen.host(),
                    Duration.between(span.last, receivedAt).toMillis())));
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

  /** From the first time to the last. */
  private static final class Span {
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;

    void add(Instant time) {
      if (time.isBefore(first)) {
        first = time;
      }
      if (time.isAfter(last)) {
        last = time;
      }
    }
  }
}
