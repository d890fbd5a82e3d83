package dev.assay.receiver.interpret;

import dev.assay.proto.telemetry.AssayAttributes;
import dev.assay.store.fact.ExporterSeen;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.SessionObservation;
import dev.assay.store.fact.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who was seen in one request. A session says the same of itself in each of its records; it becomes
 * an observation at its first and its last time only.
 */
final class Sightings {
  private final Instant receivedAt;

  /** By what is said of them, without a time. */
  private final Map<SessionObservation, Span> sessions = new LinkedHashMap<>();

  private final Map<ExporterSeen, Span> exporters = new LinkedHashMap<>();

  /** Most records say the same of who sent them as the one before: it need not be read again. */
  private @Nullable Attributes before;

  /** Of {@link #before}, as what follows: sessions in records of their own, and in others. */
  private final Map<Source, Span> ownBefore = new EnumMap<>(Source.class);

  private final Map<Source, Span> othersBefore = new EnumMap<>(Source.class);
  private final Map<Source, Span> exportersBefore = new EnumMap<>(Source.class);

  Sightings(Instant receivedAt) {
    this.receivedAt = receivedAt;
  }

  /**
   * A session, with the time of one of its records.
   *
   * @param ownRecord as {@link SessionObservation#ownRecord} says
   * @param who the record's attributes
   * @param said what these, read with {@link Attributes#who} alone, say of it, without a time
   */
  void session(
      Source source,
      Instant time,
      boolean ownRecord,
      Attributes who,
      Supplier<SessionObservation> said) {
    look(who);
    (ownRecord ? ownBefore : othersBefore)
        .computeIfAbsent(source, miss -> sessions.computeIfAbsent(said.get(), first -> new Span()))
        .add(time);
  }

  /** Who exported it, with the time of one of its records. */
  void exporter(Source source, Instant time, Attributes who) {
    look(who);
    exportersBefore
        .computeIfAbsent(
            source, miss -> exporters.computeIfAbsent(exporter(source, who), first -> new Span()))
        .add(time);
  }

  private void look(Attributes who) {
    if (before == null || !who.sameWho(before)) {
      before = who;
      ownBefore.clear();
      othersBefore.clear();
      exportersBefore.clear();
    }
  }

  private ExporterSeen exporter(Source source, Attributes who) {
    String instance = who.who(AssayAttributes.SERVICE_INSTANCE_ID);
    if (instance == null) {
      instance = who.who(AssayAttributes.USER_ID);
    }
    String service = who.who(AssayAttributes.SERVICE_NAME);
    return new ExporterSeen(
        source,
        receivedAt,
        service == null ? "unknown" : service,
        instance == null ? "unknown" : instance,
        who.who(AssayAttributes.SERVICE_VERSION),
        who.who(AssayAttributes.HOST_NAME),
        0);
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
