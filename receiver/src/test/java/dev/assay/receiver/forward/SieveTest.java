package dev.assay.receiver.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.assay.proto.telemetry.AssayEvents;
import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import dev.assay.proto.v1.SignedLines;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SieveTest {
  private static final String SECRET = "SECRET";

  private static KeyValue pair(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static KeyValue pair(String key, String value) {
    return pair(key, text(value));
  }

  private static AnyValue text(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  private static ForwardOptions options(AgentRecords agent, boolean textLines) {
    ForwardOptions to = ForwardOptions.to("otlp", true, URI.create("http://localhost:1"));
    return new ForwardOptions(
        to.name(),
        to.grpc(),
        to.endpoint(),
        to.headers(),
        to.tls(),
        to.gzip(),
        to.timeout(),
        to.queue(),
        to.retry(),
        to.signals(),
        agent,
        textLines,
        Set.of("http.method"));
  }

  private static Sieve.Sieved pass(ForwardedSignal signal, Message request) throws Exception {
    return new Sieve(options(AgentRecords.WITHOUT_LINES, true))
        .pass(new Parcel(signal, request.toByteArray()));
  }

  private static ExportLogsServiceRequest logs(String scope, LogRecord record) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .addScopeLogs(
                    ScopeLogs.newBuilder()
                        .setScope(
                            InstrumentationScope.newBuilder()
                                .setName(scope)
                                .addAttributes(pair("x", SECRET)))
                        .addLogRecords(record)))
        .build();
  }

  @Test
  void logs_onlyWhatIsListed() throws Exception {
    LogRecord record =
        LogRecord.newBuilder()
            .setTimeUnixNano(7)
            .setBody(text("claude_code.user_prompt"))
            .addAttributes(pair("session.id", "s"))
            .addAttributes(pair("prompt", SECRET))
            .addAttributes(pair("tool_input", SECRET))
            .addAttributes(pair("http.method", "GET"))
            .addAttributes(pair("model", "m".repeat(1024)))
            .addAttributes(pair("effort", SECRET.repeat(200)))
            .addAttributes(
                pair(
                    "speed",
                    AnyValue.newBuilder()
                        .setKvlistValue(KeyValueList.newBuilder().addValues(pair("a", SECRET)))
                        .build()))
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(
                        999,
                        UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFromUtf8(SECRET))
                            .build())
                    .build())
            .build();
    Sieve.Sieved sieved = pass(ForwardedSignal.LOGS, logs("s", record));
    assertThat(sieved.records()).isEqualTo(1);
    assertThat(sieved.withheld().attributes()).isEqualTo(5);
    LogRecord passed =
        ExportLogsServiceRequest.parseFrom(sieved.message())
            .getResourceLogs(0)
            .getScopeLogs(0)
            .getLogRecords(0);
    assertThat(passed.getAttributesList())
        .extracting(KeyValue::getKey)
        .containsExactly("session.id", "http.method", "model");
    assertThat(passed.getBody().getStringValue()).isEqualTo("claude_code.user_prompt");
    assertThat(passed.getTimeUnixNano()).isEqualTo(7);
    assertThat(ByteString.copyFrom(sieved.message()).toStringUtf8()).doesNotContain(SECRET);
  }

  @Test
  void otherBodies_stayHere() throws Exception {
    for (String body : new String[] {SECRET, "claude_code. " + SECRET, "claude_code.\n" + SECRET}) {
      LogRecord record = LogRecord.newBuilder().setBody(text(body)).build();
      Sieve.Sieved sieved = pass(ForwardedSignal.LOGS, logs("s", record));
      assertThat(sieved.withheld().bodies()).isEqualTo(1);
      assertThat(ByteString.copyFrom(sieved.message()).toStringUtf8()).doesNotContain(SECRET);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // agent records, text lines may pass, lines as text: records, bodies that pass
    "NONE, true, true, 0, 0",
    "WITHOUT_LINES, true, true, 1, 0",
    "ALL, true, true, 1, 1",
    "ALL, false, true, 1, 0",
    "ALL, false, false, 1, 1",
  })
  void agentRecords(
      AgentRecords agent, boolean textMayPass, boolean asText, long records, long bodies)
      throws Exception {
    EditLines lines =
        asText
            ? EditLines.newBuilder()
                .addHunks(Hunk.newBuilder().addAdded(Line.newBuilder().setText(SECRET)))
                .build()
            : EditLines.newBuilder().addSigned(SignedLines.getDefaultInstance()).build();
    LogRecord record =
        LogRecord.newBuilder()
            .setEventName(AssayEvents.EDIT)
            .setBody(AnyValue.newBuilder().setBytesValue(lines.toByteString()))
            .build();
    Sieve.Sieved sieved =
        new Sieve(options(agent, textMayPass))
            .pass(new Parcel(ForwardedSignal.LOGS, logs(AssayEvents.SCOPE, record).toByteArray()));
    assertThat(sieved.records()).isEqualTo(records);
    assertThat(sieved.withheld().records()).isEqualTo(1 - records);
    assertThat(sieved.withheld().bodies()).isEqualTo(records - bodies);
  }

  @Test
  void points_thatDifferInWhatStaysHere_stayTwo() throws Exception {
    Sum.Builder sum = Sum.newBuilder();
    for (String user : new String[] {SECRET + 1, SECRET + 2}) {
      sum.addDataPoints(
          NumberDataPoint.newBuilder()
              .setAsInt(1)
              .addAttributes(pair("name", user))
              .addExemplars(Exemplar.newBuilder().addFilteredAttributes(pair("name", user))));
    }
    ExportMetricsServiceRequest request =
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(
                ResourceMetrics.newBuilder()
                    .addScopeMetrics(
                        ScopeMetrics.newBuilder()
                            .addMetrics(
                                Metric.newBuilder()
                                    .setName("m")
                                    .addMetadata(pair("x", SECRET))
                                    .setSum(sum))))
            .build();
    Sieve.Sieved sieved = pass(ForwardedSignal.METRICS, request);
    assertThat(sieved.records()).isEqualTo(2);
    Sum passed =
        ExportMetricsServiceRequest.parseFrom(sieved.message())
            .getResourceMetrics(0)
            .getScopeMetrics(0)
            .getMetrics(0)
            .getSum();
    assertThat(passed.getDataPointsList())
        .extracting(NumberDataPoint::getAttributesList)
        .doesNotHaveDuplicates()
        .allMatch(list -> list.size() == 1 && list.get(0).getKey().equals("assay.unlisted"));
    assertThat(ByteString.copyFrom(sieved.message()).toStringUtf8()).doesNotContain(SECRET);
  }

  @Test
  void spans_attributesEventsLinksAndStatus() throws Exception {
    ExportTraceServiceRequest request =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .addScopeSpans(
                        ScopeSpans.newBuilder()
                            .addSpans(
                                Span.newBuilder()
                                    .setName("claude_code.tool")
                                    .setTraceState(SECRET)
                                    .addAttributes(pair("x", SECRET))
                                    .addEvents(
                                        Span.Event.newBuilder()
                                            .setName("e")
                                            .addAttributes(pair("x", SECRET)))
                                    .addLinks(
                                        Span.Link.newBuilder()
                                            .setTraceState(SECRET)
                                            .addAttributes(pair("x", SECRET)))
                                    .setStatus(Status.newBuilder().setMessage(SECRET)))))
            .build();
    Sieve.Sieved sieved = pass(ForwardedSignal.TRACES, request);
    assertThat(sieved.records()).isEqualTo(1);
    assertThat(sieved.withheld().attributes()).isEqualTo(3);
    assertThat(sieved.withheld().texts()).isEqualTo(3);
    String passed = ByteString.copyFrom(sieved.message()).toStringUtf8();
    assertThat(passed).contains("claude_code.tool").doesNotContain(SECRET);
  }
}
