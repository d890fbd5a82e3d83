package dev.assay.web.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receiver.interpret.Interpretation;
import dev.assay.receiver.interpret.Interpreter;
import dev.assay.receiver.interpret.Reason;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import dev.assay.store.fact.EditFact;
import dev.assay.store.fact.Observation;
import dev.assay.store.report.Filter;
import dev.assay.store.report.Summary;
import dev.assay.store.report.Tokens;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One session seen twice: by the agent, which reads its transcript, and by the client's own
 * telemetry. Whatever comes first and however often, it counts once.
 */
class AgentAndClientTest {
  @TempDir Path folder;
  private final Interpreter interpreter = new Interpreter();

  @ParameterizedTest
  @CsvSource({
    "claude-code-2.1.330/headless-grpc, 0.062304",
    "claude-code-2.1.197/headless-grpc, 0.08538",
  })
  void headless(String capture, String spend) throws Exception {
    List<List<Observation>> agent = agent(capture);
    List<List<Observation>> client = client(capture);
    Summary expected = summary(agent);
    assertThat(expected.accepted()).isEqualTo(3);
    assertThat(expected.rejected()).isZero();
    assertThat(expected.linesAccepted()).isEqualTo(19);
    assertThat(expected.linesAcceptedEstimated()).isZero();
    assertThat(expected.tokens()).isEqualTo(new Tokens(7221, 921, 30000, 1800));
    assertThat(expected.spendUsd()).isEqualByComparingTo(spend);
    assertThat(expected.sessions()).isEqualTo(1);
    assertThat(expected.users()).isEqualTo(1);

    List<List<Observation>> both = new ArrayList<>();
    for (int times = 0; times < 3; times++) {
      both.addAll(agent);
      both.addAll(client);
    }
    Collections.shuffle(both, new Random(spend.hashCode()));
    assertThat(summary(both)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"claude-code-2.1.330/decisions-grpc", "claude-code-2.1.197/decisions-grpc"})
  void decisions(String capture) throws Exception {
    List<List<Observation>> both = agent(capture);
    both.addAll(client(capture));
    both.addAll(agent(capture));
    Collections.shuffle(both, new Random(capture.hashCode()));
    Summary summary = summary(both);
    assertThat(summary.accepted()).isEqualTo(2);
    assertThat(summary.acceptedByUser()).isEqualTo(2);
    assertThat(summary.rejected()).isEqualTo(1);
    assertThat(summary.rejectedByUser()).isEqualTo(1);
    assertThat(summary.sessions()).isEqualTo(1);
    assertThat(summary.users()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"claude-code-2.1.330/headless-grpc", "claude-code-2.1.197/headless-grpc"})
  void edits_keepTheAgentsLinesRepositoryAndPath(String capture) throws Exception {
    List<List<Observation>> both = client(capture);
    both.addAll(agent(capture));
    both.addAll(client(capture));
    try (Store store = open()) {
      for (List<Observation> observations : both) {
        store.commit(observations);
      }
      assertThat(store.edits().repositories()).containsExactly("example.com/acme/inventory");
      List<EditFact> edits =
          store
              .edits()
              .inFiles(
                  List.of("example.com/acme/inventory"),
                  List.of("src/inventory.py", "report.ipynb"),
                  Instant.EPOCH,
                  Instant.parse("2100-01-01T00:00:00Z"));
      assertThat(edits).hasSize(3).allMatch(edit -> edit.lines() != null && !edit.partial());
      assertThat(edits).map(EditFact::linesAdded).containsExactlyInAnyOrder(13, 4, 2);
    }
  }

  /** Clients before 2.1.119 send no tool use id; what they tell has keys of its own. */
  @ParameterizedTest
  @CsvSource({
    "claude-code-2.1.330/headless-grpc, 3, 0, 19",
    "claude-code-2.1.197/headless-grpc, 3, 0, 19",
    "claude-code-2.1.330/decisions-grpc, 2, 1, ",
    "claude-code-2.1.197/decisions-grpc, 2, 1, ",
  })
  void oldClient_besideAnAgent_countsOnce(
      String capture, long accepted, long rejected, @Nullable Long lines) throws Exception {
    List<List<Observation>> old = client(capture, false);
    Summary alone = summary(old);
    assertThat(alone.accepted()).isEqualTo(accepted);
    assertThat(alone.rejected()).isEqualTo(rejected);
    List<List<Observation>> both = agent(capture);
    both.addAll(old);
    both.addAll(client(capture, false));
    Collections.shuffle(both, new Random(capture.hashCode()));
    Summary summary = summary(both);
    assertThat(summary.accepted()).isEqualTo(accepted);
    assertThat(summary.rejected()).isEqualTo(rejected);
    assertThat(summary.sessions()).isEqualTo(1);
    if (lines != null) {
      assertThat(summary.linesAccepted()).isEqualTo(lines);
      assertThat(summary.linesAcceptedEstimated()).isZero();
    }
  }

  private static ExportLogsServiceRequest withoutToolUseIds(ExportLogsServiceRequest request) {
    ExportLogsServiceRequest.Builder out = request.toBuilder();
    for (ResourceLogs.Builder resource : out.getResourceLogsBuilderList()) {
      for (ScopeLogs.Builder scope : resource.getScopeLogsBuilderList()) {
        for (LogRecord.Builder record : scope.getLogRecordsBuilderList()) {
          List<KeyValue> kept =
              record.getAttributesList().stream()
                  .filter(attribute -> !attribute.getKey().equals("tool_use_id"))
                  .toList();
          record.clearAttributes().addAllAttributes(kept);
        }
      }
    }
    return out.build();
  }

  /** What the agent's own command writes of the transcript. */
  private List<List<Observation>> agent(String capture) throws Exception {
    Path checkout = Scene.checkout(Files.createTempDirectory(folder, "work").toRealPath());
    Path home = Files.createTempDirectory(folder, "home");
    new Captured(capture).into(home, checkout);
    List<List<Observation>> observations = new ArrayList<>();
    for (ExportLogsServiceRequest request : Exported.of(home)) {
      observations.add(clean(interpreter.logs(request, Instant.now())));
    }
    assertThat(observations).isNotEmpty();
    return observations;
  }

  /** What the client itself sent of the same session. */
  private List<List<Observation>> client(String capture) throws IOException {
    return client(capture, true);
  }

  private List<List<Observation>> client(String capture, boolean keys) throws IOException {
    List<List<Observation>> observations = new ArrayList<>();
    for (Path request : new Captured(capture).requests()) {
      byte[] bytes = Files.readAllBytes(request);
      observations.add(
          clean(
              Captured.signal(request).equals("logs")
                  ? interpreter.logs(logs(bytes, keys), Instant.now())
                  : interpreter.metrics(
                      ExportMetricsServiceRequest.parseFrom(bytes), Instant.now())));
    }
    assertThat(observations).isNotEmpty();
    return observations;
  }

  private static ExportLogsServiceRequest logs(byte[] bytes, boolean keys) throws IOException {
    ExportLogsServiceRequest request = ExportLogsServiceRequest.parseFrom(bytes);
    return keys ? request : withoutToolUseIds(request);
  }

  private static List<Observation> clean(Interpretation read) {
    assertThat(read.count(Reason.Kind.REJECTED)).as(read.complaint()).isZero();
    return read.observations();
  }

  private Summary summary(List<List<Observation>> commits) throws Exception {
    try (Store store = open()) {
      for (List<Observation> observations : commits) {
        store.commit(observations);
      }
      return store.reports().summary(Filter.ALL);
    }
  }

  private Store open() throws Exception {
    return Stores.open(StoreOptions.in(Files.createTempDirectory(folder, "data")).withFsync(false));
  }
}
