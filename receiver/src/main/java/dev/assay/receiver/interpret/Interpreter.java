package dev.assay.receiver.interpret;

import dev.assay.proto.signature.SigningKey;
import dev.assay.proto.telemetry.AssayEvents;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.Source;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what OTLP requests mean, those of Assay's agent and those of Claude Code itself. The same
 * request gives the same observations, but for when the exporter was heard, and but for new series
 * past their limit. One bad record spoils no other. May be called from any thread.
 */
public final class Interpreter {
  /**
   * Series of counters that may send points on one day: 200 of each of 10,000 developers. A session
   * of Claude Code has about twenty.
   */
  public static final int LIMIT_SERIES = 2_000_000;

  private final Prices prices = Prices.load();
  private final @Nullable SigningKey key;
  private final SeriesLimit series;

  /** Keeps lines in the form in which they come. */
  public Interpreter() {
    this(null, LIMIT_SERIES);
  }

  /**
   * @param key signs lines that still come as text, before they are kept; null where text is kept
   * @param limitSeries that may send points on one day; those past it are rejected
   */
  public Interpreter(@Nullable SigningKey key, int limitSeries) {
    this.key = key;
    this.series = new SeriesLimit(limitSeries);
  }

  /**
   * What log records say.
   *
   * @param receivedAt the receiver's clock
   */
  public Interpretation logs(ExportLogsServiceRequest request, Instant receivedAt) {
    List<Observation> observations = new ArrayList<>();
    Tally tally = new Tally();
    Sightings sightings = new Sightings(receivedAt);
    NativeEvents client = new NativeEvents(prices, tally, sightings, observations);
    AgentEvents agent = new AgentEvents(prices, key, tally, sightings, observations);
    for (ResourceLogs resourceLogs : request.getResourceLogsList()) {
      Attributes resource =
          Attributes.of(resourceLogs.getResource().getAttributesList(), null, tally);
      for (ScopeLogs scopeLogs : resourceLogs.getScopeLogsList()) {
        for (LogRecord log : scopeLogs.getLogRecordsList()) {
          tally.record();
          try {
            Attributes attributes = Attributes.of(log.getAttributesList(), resource, tally);
            read(log, scopeLogs.getScope().getName(), attributes, client, agent, tally, sightings);
          } catch (BadRecord fault) {
            tally.reject(fault);
          }
        }
      }
    }
    client.finish();
    sightings.addTo(observations);
    return tally.toInterpretation(observations);
  }

  /**
   * What data points say.
   *
   * @param receivedAt the receiver's clock
   */
  public Interpretation metrics(ExportMetricsServiceRequest request, Instant receivedAt) {
    List<Observation> observations = new ArrayList<>();
    Tally tally = new Tally();
    Sightings sightings = new Sightings(receivedAt);
    MetricPoints points = new MetricPoints(series, receivedAt, tally, sightings, observations);
    for (ResourceMetrics resourceMetrics : request.getResourceMetricsList()) {
      Attributes resource =
          Attributes.of(resourceMetrics.getResource().getAttributesList(), null, tally);
      Instant newest = null;
      for (ScopeMetrics scopeMetrics : resourceMetrics.getScopeMetricsList()) {
        for (Metric metric : scopeMetrics.getMetricsList()) {
          Instant time = points.read(metric, resource);
          newest = time != null && (newest == null || time.isAfter(newest)) ? time : newest;
        }
      }
      if (newest != null) {
        sightings.exporter(Source.METRIC, newest, resource);
      }
    }
    sightings.addTo(observations);
    return tally.toInterpretation(observations);
  }

  /** What spans say: nothing yet that logs and metrics do not say better. They are counted. */
  public Interpretation traces(ExportTraceServiceRequest request) {
    Tally tally = new Tally();
    for (ResourceSpans resourceSpans : request.getResourceSpansList()) {
      for (ScopeSpans scopeSpans : resourceSpans.getScopeSpansList()) {
        for (int i = 0; i < scopeSpans.getSpansCount(); i++) {
          tally.record();
          tally.count(Reason.SPAN);
        }
      }
    }
    return tally.toInterpretation(List.of());
  }

  private static void read(
      LogRecord log,
      String scope,
      Attributes attributes,
      NativeEvents client,
      AgentEvents agent,
      Tally tally,
      Sightings sightings)
      throws BadRecord {
    String name = eventName(log, attributes);
    boolean ofAgent =
        name != null && name.startsWith(AgentEvents.PREFIX) && scope.equals(AssayEvents.SCOPE);
    boolean ofClient =
        name != null && (name.startsWith(NativeEvents.PREFIX) || scope.equals(NativeEvents.SCOPE));
    if (!ofAgent && log.hasBody() && !isEventName(log.getBody())) {
      tally.count(Reason.LOG_BODY);
    }
    if (name == null || !(ofAgent || ofClient)) {
      tally.count(Reason.FOREIGN_RECORD);
      return;
    }
    Instant time = time(log, attributes);
    if (ofAgent) {
      agent.read(name, time, attributes, log.getBody());
      sightings.exporter(AgentEvents.source(attributes), time, attributes);
    } else {
      String event =
          name.startsWith(NativeEvents.PREFIX)
              ? name.substring(NativeEvents.PREFIX.length())
              : name;
      client.read(event, time, attributes);
      sightings.exporter(Source.EVENT, time, attributes);
    }
  }

  /**
   * The agent fills {@code event_name}; Claude Code puts the name, with its prefix, into the body
   * and, without it, into an attribute.
   */
  private static @Nullable String eventName(LogRecord log, Attributes attributes) {
    if (!log.getEventName().isEmpty()) {
      return log.getEventName();
    }
    if (isEventName(log.getBody())) {
      return log.getBody().getStringValue();
    }
    return attributes.text("event.name");
  }

  private static boolean isEventName(AnyValue body) {
    String text = body.getStringValue();
    return text.startsWith(NativeEvents.PREFIX) && text.indexOf(' ') < 0;
  }

  private static Instant time(LogRecord log, Attributes attributes) throws BadRecord {
    Instant time = Times.ofUnixNanos(log.getTimeUnixNano());
    if (time == null) {
      time = Times.ofIso(attributes.text("event.timestamp"));
    }
    if (time == null) {
      time = Times.ofUnixNanos(log.getObservedTimeUnixNano());
    }
    if (time == null) {
      throw new BadRecord(
          Reason.BAD_TIME,
          "neither time_unix_nano nor event.timestamp nor observed_time_unix_nano");
    }
    return time;
  }
}
