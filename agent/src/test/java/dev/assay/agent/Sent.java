package dev.assay.agent;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.agent.wire.Sink;
import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Line;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A sink that remembers, and reads what it was sent. */
final class Sent implements Sink {
  final List<ExportLogsServiceRequest> requests = new ArrayList<>();

  @Override
  public void accept(ExportLogsServiceRequest request) {
    requests.add(request);
  }

  @Override
  public void sync() {}

  List<LogRecord> records() {
    return requests.stream()
        .flatMap(request -> request.getResourceLogsList().stream())
        .flatMap(resource -> resource.getScopeLogsList().stream())
        .flatMap(scope -> scope.getLogRecordsList().stream())
        .toList();
  }

  List<LogRecord> of(String event) {
    return records().stream().filter(record -> record.getEventName().equals(event)).toList();
  }

  static Map<String, Object> attributes(LogRecord record) {
    return record.getAttributesList().stream()
        .collect(
            Collectors.toMap(
                KeyValue::getKey, entry -> value(entry.getValue()), (a, b) -> b, TreeMap::new));
  }

  static Object attribute(LogRecord record, String name) {
    return attributes(record).getOrDefault(name, "");
  }

  private static Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> value.getIntValue();
      case BOOL_VALUE -> value.getBoolValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case ARRAY_VALUE -> value.getArrayValue().getValuesList().stream().map(Sent::value).toList();
      default -> throw new IllegalArgumentException("an unexpected kind of value: " + value);
    };
  }

  /** The added lines of an edit's body. */
  static List<String> added(LogRecord record) {
    return lines(record).getHunksList().stream()
        .flatMap(hunk -> hunk.getAddedList().stream())
        .map(Line::getText)
        .toList();
  }

  /** The removed lines of an edit's body. */
  static List<String> removed(LogRecord record) {
    return lines(record).getHunksList().stream()
        .flatMap(hunk -> hunk.getRemovedList().stream())
        .map(Line::getText)
        .toList();
  }

  static EditLines lines(LogRecord record) {
    try {
      return EditLines.parseFrom(record.getBody().getBytesValue());
    } catch (InvalidProtocolBufferException notLines) {
      throw new IllegalArgumentException(notLines);
    }
  }
}
