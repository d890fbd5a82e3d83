package dev.assay.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The load has the attributes that the real client sends, and values of the same types. */
class RecordsTest {
  private static final Path CAPTURE =
      Path.of(System.getProperty("assay.testdata"))
          .resolve("captures/claude-code-2.1.330/headless-http-protobuf/001-http-protobuf-logs.pb");

  /** What the captured run was started with, or asked to tell beyond the default. */
  private static final Set<String> OF_THE_RUN = Set.of("team.id", "enduser.id", "tool_input");

  /** It had no account. */
  private static final Set<String> OF_AN_ACCOUNT =
      Set.of("organization.id", "user.email", "user.account_uuid", "user.account_id");

  static List<LogRecord> records() {
    Records records = new Records(new Random(1), "0123456789abcdef");
    return List.of(records.decision("Edit"), records.usage(), records.result(), records.response());
  }

  @ParameterizedTest
  @MethodSource("records")
  void records_haveTheAttributesOfTheClients(LogRecord record) throws IOException {
    LogRecord captured =
        ExportLogsServiceRequest.parseFrom(Files.readAllBytes(CAPTURE))
            .getResourceLogsList()
            .stream()
            .flatMap(resource -> resource.getScopeLogsList().stream())
            .flatMap(scope -> scope.getLogRecordsList().stream())
            .filter(other -> other.getBody().equals(record.getBody()))
            .findFirst()
            .orElseThrow();
    Map<String, AnyValue.ValueCase> expected = types(captured);
    expected.keySet().removeAll(OF_THE_RUN);
    Map<String, AnyValue.ValueCase> made = types(record);
    assertThat(made.keySet()).containsAll(OF_AN_ACCOUNT);
    made.keySet().removeAll(OF_AN_ACCOUNT);
    assertThat(made).isEqualTo(expected);
  }

  private static Map<String, AnyValue.ValueCase> types(LogRecord record) {
    Map<String, AnyValue.ValueCase> types = new TreeMap<>();
    for (KeyValue attribute : record.getAttributesList()) {
      types.put(attribute.getKey(), attribute.getValue().getValueCase());
    }
    return types;
  }
}
