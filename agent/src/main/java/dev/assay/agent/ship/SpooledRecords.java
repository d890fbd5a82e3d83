package dev.assay.agent.ship;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfoBuilder;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads export requests of the spool into the records of OpenTelemetry's SDK. */
final class SpooledRecords {
  private static final Severity[] SEVERITIES = Severity.values();

  private SpooledRecords() {}

  static List<LogRecordData> parse(byte[] message) throws InvalidProtocolBufferException {
    List<LogRecordData> records = new ArrayList<>();
    for (ResourceLogs logs : ExportLogsServiceRequest.parseFrom(message).getResourceLogsList()) {
      Resource resource = Resource.create(attributes(logs.getResource().getAttributesList()));
      for (ScopeLogs scopeLogs : logs.getScopeLogsList()) {
        InstrumentationScopeInfo scope = scope(scopeLogs.getScope());
        for (LogRecord record : scopeLogs.getLogRecordsList()) {
          records.add(record(record, resource, scope));
        }
      }
    }
    return records;
  }

  private static SpooledRecord record(
      LogRecord record, Resource resource, InstrumentationScopeInfo scope) {
    int severity = record.getSeverityNumberValue();
    return new SpooledRecord(
        resource,
        scope,
        record.getTimeUnixNano(),
        record.getObservedTimeUnixNano(),
        severity >= 0 && severity < SEVERITIES.length
            ? SEVERITIES[severity]
            : Severity.UNDEFINED_SEVERITY_NUMBER,
        record.getEventName(),
        record.hasBody() ? value(record.getBody()) : null,
        attributes(record.getAttributesList()));
  }

  private static InstrumentationScopeInfo scope(InstrumentationScope scope) {
    InstrumentationScopeInfoBuilder info = InstrumentationScopeInfo.builder(scope.getName());
    if (!scope.getVersion().isEmpty()) {
      info.setVersion(scope.getVersion());
    }
    return info.build();
  }

  private static Attributes attributes(List<KeyValue> entries) {
    AttributesBuilder attributes = Attributes.builder();
    for (KeyValue entry : entries) {
      put(attributes, entry.getKey(), entry.getValue());
    }
    return attributes.build();
  }

  private static void put(AttributesBuilder attributes, String key, AnyValue value) {
    switch (value.getValueCase()) {
      case STRING_VALUE -> attributes.put(AttributeKey.stringKey(key), value.getStringValue());
      case INT_VALUE -> attributes.put(AttributeKey.longKey(key), value.getIntValue());
      case BOOL_VALUE -> attributes.put(AttributeKey.booleanKey(key), value.getBoolValue());
      case DOUBLE_VALUE -> attributes.put(AttributeKey.doubleKey(key), value.getDoubleValue());
      case ARRAY_VALUE ->
          attributes.put(
              AttributeKey.stringArrayKey(key),
              value.getArrayValue().getValuesList().stream()
                  .map(AnyValue::getStringValue)
                  .toList());
      default -> {} // nothing else is ever spooled
    }
  }

  private static @Nullable Value<?> value(AnyValue value) {
    return switch (value.getValueCase()) {
      case BYTES_VALUE -> Value.of(value.getBytesValue().toByteArray());
      case STRING_VALUE -> Value.of(value.getStringValue());
      default -> null;
    };
  }
}
