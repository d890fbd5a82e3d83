package dev.assay.web.collector;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.assay.proto.telemetry.AllowList;
import dev.assay.proto.telemetry.Unlisted;
import dev.assay.web.e2e.Captured;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What OTLP says, a line for each record and data point, sorted: two files that say the same give
 * equal lists, however the records are bundled.
 */
final class Telemetry {
  private static final JsonMapper JSON = new JsonMapper();

  private Telemetry() {}

  /** What a captured client sent; of its attributes those that may leave. */
  static List<String> ofCapture(Captured capture) throws Exception {
    List<JsonNode> requests = new ArrayList<>();
    for (Path file : capture.requests()) {
      requests.add(JSON.readTree(json(file)));
    }
    return lines(requests, key -> AllowList.of(key).isKept());
  }

  private static String json(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    return Captured.signal(file).equals("logs")
        ? print(ExportLogsServiceRequest.parseFrom(bytes))
        : print(ExportMetricsServiceRequest.parseFrom(bytes));
  }

  private static String print(com.google.protobuf.MessageOrBuilder message)
      throws InvalidProtocolBufferException {
    return JsonFormat.printer().print(message);
  }

  /** What the Collector's file exporter wrote; all of it. */
  static List<String> ofFile(Path file) throws Exception {
    List<JsonNode> requests = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      requests.add(JSON.readTree(line));
    }
    return lines(requests, key -> !key.equals(Unlisted.NAME));
  }

  private static List<String> lines(List<JsonNode> requests, Predicate<String> passes) {
    List<String> lines = new ArrayList<>();
    for (JsonNode request : requests) {
      for (JsonNode resource : request.path("resourceLogs")) {
        String from = attributes(resource.path("resource"), passes);
        for (JsonNode scope : resource.path("scopeLogs")) {
          for (JsonNode record : scope.path("logRecords")) {
            String name = scope.path("scope").path("name").asString("");
            String body = record.path("body").path("stringValue").asString("");
            lines.add(
                String.join(
                    " ",
                    from,
                    name,
                    record.path("timeUnixNano").asString(""),
                    body,
                    attributes(record, passes)));
          }
        }
      }
      for (JsonNode resource : request.path("resourceMetrics")) {
        String from = attributes(resource.path("resource"), passes);
        for (JsonNode scope : resource.path("scopeMetrics")) {
          for (JsonNode metric : scope.path("metrics")) {
            for (JsonNode point : metric.path("sum").path("dataPoints")) {
              String value =
                  point.has("asInt")
                      ? point.path("asInt").asString()
                      : String.valueOf(point.path("asDouble").asDouble());
              lines.add(
                  String.join(
                      " ",
                      from,
                      metric.path("name").asString(),
                      point.path("startTimeUnixNano").asString(""),
                      point.path("timeUnixNano").asString(""),
                      value,
                      attributes(point, passes)));
            }
          }
        }
      }
    }
    return lines.stream().sorted().toList();
  }

  private static String attributes(JsonNode owner, Predicate<String> passes) {
    Map<String, String> sorted = new TreeMap<>();
    for (JsonNode pair : owner.path("attributes")) {
      String key = pair.path("key").asString();
      if (passes.test(key)) {
        for (JsonNode value : pair.path("value")) { // the one that is set
          sorted.put(key, value.isDouble() ? String.valueOf(value.asDouble()) : value.asString(""));
        }
      }
    }
    return sorted.toString();
  }
}
