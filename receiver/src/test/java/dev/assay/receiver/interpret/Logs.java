package dev.assay.receiver.interpret;

import com.google.protobuf.ByteString;
import dev.assay.proto.telemetry.AssayEvents;
import dev.assay.proto.v1.EditLines;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Instant;
import java.util.List;

/** Makes log records, for what no capture has. */
final class Logs {
  static final Instant TIME = Instant.parse("2026-11-20T10:00:00.123Z");

  private Logs() {}

  /** An event of Claude Code; attributes as name, value, name, value. */
  static LogRecord client(String event, Object... attributes) {
    return record(attributes)
        .setBody(value("claude_code." + event))
        .addAttributes(attribute("event.name", event))
        .build();
  }

  /** An event of the agent. */
  static LogRecord agent(String event, Object... attributes) {
    return record(attributes).setEventName(event).build();
  }

  static LogRecord edit(EditLines lines, Object... attributes) {
    return record(attributes)
        .setEventName(AssayEvents.EDIT)
        .setBody(AnyValue.newBuilder().setBytesValue(lines.toByteString()))
        .build();
  }

  static LogRecord.Builder record(Object... attributes) {
    LogRecord.Builder record =
        LogRecord.newBuilder()
            .setTimeUnixNano(TIME.getEpochSecond() * 1_000_000_000L + TIME.getNano());
    for (int i = 0; i < attributes.length; i += 2) {
      record.addAttributes(attribute(attributes[i].toString(), attributes[i + 1]));
    }
    return record;
  }

  static ExportLogsServiceRequest ofClient(LogRecord... records) {
    return request(NativeEvents.SCOPE, List.of(), records);
  }

  static ExportLogsServiceRequest ofAgent(LogRecord... records) {
    return request(
        AssayEvents.SCOPE,
        List.of(
            attribute("service.name", "assay-agent"),
            attribute("service.instance.id", "agent-1"),
            attribute("host.name", "laptop")),
        records);
  }

  static ExportLogsServiceRequest request(
      String scope, List<KeyValue> resource, LogRecord... records) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(Resource.newBuilder().addAllAttributes(resource))
                .addScopeLogs(
                    ScopeLogs.newBuilder()
                        .setScope(InstrumentationScope.newBuilder().setName(scope))
                        .addAllLogRecords(List.of(records))))
        .build();
  }

  static KeyValue attribute(String name, Object value) {
    return KeyValue.newBuilder().setKey(name).setValue(value(value)).build();
  }

  static AnyValue value(Object value) {
    AnyValue.Builder any = AnyValue.newBuilder();
    if (value instanceof String text) {
      return any.setStringValue(text).build();
    }
    if (value instanceof Integer number) {
      return any.setIntValue(number).build();
    }
    if (value instanceof Long number) {
      return any.setIntValue(number).build();
    }
    if (value instanceof Double number) {
      return any.setDoubleValue(number).build();
    }
    if (value instanceof Boolean flag) {
      return any.setBoolValue(flag).build();
    }
    if (value instanceof ByteString bytes) {
      return any.setBytesValue(bytes).build();
    }
    if (value instanceof List<?> items) {
      ArrayValue.Builder array = ArrayValue.newBuilder();
      items.forEach(item -> array.addValues(value(item)));
      return any.setArrayValue(array).build();
    }
    throw new IllegalArgumentException(value.getClass().toString());
  }
}
