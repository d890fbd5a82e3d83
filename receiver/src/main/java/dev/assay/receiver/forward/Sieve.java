package dev.assay.receiver.forward;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.assay.receiver.rewrite.Rewrite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets of a request only pass what is listed: attributes by the allow list, texts by the table
 * here, bodies by {@link LogBodies}; fields that this version does not know never. For several
 * threads.
 */
final class Sieve {
  /** Of a text that is no attribute: a name, a unit. A longer one is left out. */
  static final int LIMIT_TEXT_CHARS = 255;

  private static final Set<FieldDescriptor> TEXTS =
      Stream.of(
              fields(InstrumentationScope.getDescriptor(), "name", "version"),
              fields(ResourceLogs.getDescriptor(), "schema_url"),
              fields(ScopeLogs.getDescriptor(), "schema_url"),
              fields(LogRecord.getDescriptor(), "severity_text", "event_name"),
              fields(ResourceMetrics.getDescriptor(), "schema_url"),
              fields(ScopeMetrics.getDescriptor(), "schema_url"),
              fields(Metric.getDescriptor(), "name", "description", "unit"),
              fields(ResourceSpans.getDescriptor(), "schema_url"),
              fields(ScopeSpans.getDescriptor(), "schema_url"),
              fields(Span.getDescriptor(), "name"),
              fields(Span.Event.getDescriptor(), "name"))
          .flatMap(fields -> fields)
          .collect(Collectors.toUnmodifiableSet());

  /** What tells their series apart must not vanish without a trace. */
  private static final Set<Descriptor> POINTS =
      Set.of(
          NumberDataPoint.getDescriptor(),
          HistogramDataPoint.getDescriptor(),
          ExponentialHistogramDataPoint.getDescriptor(),
          SummaryDataPoint.getDescriptor());

  private static final Map<ForwardedSignal, Descriptor> RECORDS =
      Map.of(
          ForwardedSignal.LOGS, LogRecord.getDescriptor(),
          ForwardedSignal.TRACES, Span.getDescriptor());

  private final AllowedAttributes attributes;
  private final LogBodies bodies;

  Sieve(ForwardOptions options) {
    attributes = new AllowedAttributes(options.allowed());
    bodies = new LogBodies(options.agentRecords(), options.textLines());
  }

  /** What passes of a request. */
  Sieved pass(Parcel parcel) throws InvalidProtocolBufferException {
    Withheld withheld = new Withheld();
    Message request =
        DiscardUnknownFieldsParser.wrap(parcel.signal().request().getParserForType())
            .parseFrom(parcel.message());
    if (request instanceof ExportLogsServiceRequest logs) {
      request = bodies.pass(logs, withheld);
    }
    Pass pass = new Pass(parcel.signal(), withheld);
    Message passed = Rewrite.apply(request, pass);
    return new Sieved(passed.toByteArray(), pass.records, withheld);
  }

  private static Stream<FieldDescriptor> fields(Descriptor message, String... names) {
    return Stream.of(names).map(message::findFieldByName);
  }

  /** One request's way through. */
  private final class Pass implements Rewrite.Rule {
    private final ForwardedSignal signal;
    private final Withheld withheld;
    private long records;

    Pass(ForwardedSignal signal, Withheld withheld) {
      this.signal = signal;
      this.withheld = withheld;
    }

    @Override
    public void message(Descriptor message) {
      boolean record =
          signal == ForwardedSignal.METRICS
              ? POINTS.contains(message)
              : message.equals(RECORDS.get(signal));
      records += record ? 1 : 0;
    }

    @Override
    public List<KeyValue> attributes(Descriptor owner, List<KeyValue> pairs) {
      return attributes.pass(pairs, POINTS.contains(owner), withheld);
    }

    @Override
    public String text(FieldDescriptor field, String text) {
      if (TEXTS.contains(field) && text.length() <= LIMIT_TEXT_CHARS) {
        return text;
      }
      withheld.text();
      return "";
    }
  }

  /**
   * @param message protobuf; what may leave
   * @param records log records, data points or spans in it
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Sieved(byte[] message, long records, Withheld withheld) {}
}
