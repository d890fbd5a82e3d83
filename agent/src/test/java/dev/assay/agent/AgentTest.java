package dev.assay.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.agent.capture.HookReader;
import dev.assay.agent.capture.HookRecord;
import dev.assay.agent.status.Complaints;
import dev.assay.agent.wire.AgentResource;
import dev.assay.proto.telemetry.AssayAttributes;
import dev.assay.proto.telemetry.AssayEvents;
import io.grpc.Status;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent against a real OTLP/gRPC server. */
@Timeout(120)
@SuppressWarnings("try") // an agent at work is used by being there
class AgentTest {
  /** Of the headless capture: 1 session, 3 decisions, 3 edits, 6 responses. */
  private static final int RECORDS = 13;

  @TempDir Path folder;
  private Path home = Path.of("");
  private Path transcript = Path.of("");

  @BeforeEach
  void install() throws IOException {
    Path checkout =
        Gits.checkout(folder.resolve("inventory"), "https://github.com/acme/inventory.git")
            .toRealPath();
    home = folder.resolve("home");
    transcript =
        Captures.install(
            home,
            Captures.transcript("claude-code-2.1.330", "headless-grpc")
                .replace("/home/dev/src/inventory", checkout.toString()));
  }

  private static Complaints complaints() {
    return new Complaints(
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
  }

  /** An agent in this process, at work until it is closed. */
  private final class AtWork implements AutoCloseable {
    private final DataFolder data;
    private final Agent agent;
    private final Thread thread;

    AtWork(String endpoint) throws Exception {
      this(endpoint, Agent.LIMIT_SPOOL_BYTES);
    }

    AtWork(String endpoint, long limitSpoolBytes) throws Exception {
      data = DataFolder.open(folder.resolve("data"));
      agent =
          new Agent(
              List.of(home),
              data,
              dev.assay.agent.ship.Destination.open(endpoint),
              limitSpoolBytes,
              null,
              complaints());
      thread =
          new Thread(
              () -> {
                try {
                  agent.run();
                } catch (InterruptedException stop) {
                  Thread.currentThread().interrupt();
                }
              });
      thread.start();
    }

    @Override
    public void close() throws IOException {
      agent.stop();
      try {
        thread.join();
      } catch (InterruptedException timeout) {
        throw new IllegalStateException(timeout);
      }
      agent.close();
      data.close();
    }
  }

  private String status() throws IOException {
    return Files.readString(folder.resolve("data/agent/status.json"));
  }

  @Test
  void everything_isDelivered_underTheContractsNames() throws Exception {
    try (TestReceiver receiver = new TestReceiver()) {
      try (AtWork agent = new AtWork(receiver.endpoint())) {
        receiver.awaitRecords(RECORDS);
      }
      ExportLogsServiceRequest request = receiver.sent.requests.get(0);
      assertThat(request.getResourceLogs(0).getScopeLogs(0).getScope().getName())
          .isEqualTo(AssayEvents.SCOPE);
      assertThat(request.getResourceLogs(0).getResource().getAttributesList())
          .extracting(KeyValue::getKey)
          .contains(
              AssayAttributes.SERVICE_NAME,
              AssayAttributes.SERVICE_VERSION,
              AssayAttributes.SERVICE_INSTANCE_ID,
              AssayAttributes.HOST_NAME);
      assertThat(receiver.sent.records()).hasSize(RECORDS);
      LogRecord edit = receiver.sent.of(AssayEvents.EDIT).get(1);
      assertThat(edit.getTimeUnixNano()).isPositive();
      assertThat(Sent.added(edit)).hasSize(4);
      assertThat(Sent.attribute(edit, AssayAttributes.VCS_REPOSITORY_URL_FULL))
          .isEqualTo(List.of("github.com/acme/inventory"));
      assertThat(status()).contains("\"state\":\"stopped\"", "\"exported\":" + RECORDS);
    }
  }

  @Test
  void exporter_sendsTheVeryRecordsThatExportWrites() throws Exception {
    Sent direct = new Sent();
    AgentResource resource = AgentResource.of("i");
    try (Reading reading = new Reading(List.of(home), null, resource, direct, null, complaints());
        TestReceiver receiver = new TestReceiver()) {
      reading.capture.readAll(reading.observer, () -> {});
      reading.outbound.flush();
      try (AtWork agent = new AtWork(receiver.endpoint())) {
        receiver.awaitRecords(RECORDS);
      }
      assertThat(receiver.sent.records().stream().map(AgentTest::withoutObservedTime))
          .containsExactlyElementsOf(
              direct.records().stream().map(AgentTest::withoutObservedTime).toList());
    }
  }

  /** The time of reading differs, and the exporter writes attributes in an order of its own. */
  private static List<Object> withoutObservedTime(LogRecord record) {
    Map<String, Object> attributes = Sent.attributes(record);
    return List.of(record.getEventName(), record.getTimeUnixNano(), attributes, record.getBody());
  }

  @Test
  void refusedForNow_isDeliveredLater_andRefusedForGood_isCounted() throws Exception {
    try (TestReceiver receiver = new TestReceiver()) {
      receiver.refuse(Status.UNAVAILABLE);
      receiver.refuse(Status.RESOURCE_EXHAUSTED);
      try (AtWork agent = new AtWork(receiver.endpoint())) {
        receiver.awaitRecords(RECORDS);
        assertThat(receiver.sent.records()).hasSize(RECORDS);

        receiver.refuse(Status.INVALID_ARGUMENT.withDescription("not like this"));
        Files.writeString(
            home.resolve("projects/-project/another.jsonl"),
            Files.readString(transcript)
                .replace("toolu_", "toolu_2")
                .replace("msg_", "msg_2")
                .replace("req_", "req_2"));
        receiver.awaitCalls(4);
        while (!status().contains("\"refused\":" + RECORDS)) {
          Thread.sleep(50);
        }
      }
      assertThat(receiver.sent.records()).hasSize(RECORDS);
      assertThat(status()).contains("not like this").contains("\"spooledBytes\":0,");
    }
  }

  @Test
  void withoutAReceiver_itIsKept_andDeliveredByTheNextProcess() throws Exception {
    try (AtWork agent = new AtWork("http://127.0.0.1:9")) {
      while (!Files.exists(folder.resolve("data/agent/places.json"))) {
        Thread.sleep(20);
      }
    }
    assertThat(status()).contains("\"exported\":0", "\"lastError\":\"http://127.0.0.1:9: ");
    try (TestReceiver receiver = new TestReceiver();
        AtWork agent = new AtWork(receiver.endpoint())) {
      receiver.awaitRecords(RECORDS);
      assertThat(receiver.sent.records()).hasSize(RECORDS);
    }
  }

  @Test
  void killedBetweenSpoolAndPlaces_readsAgain_andLosesNothing() throws Exception {
    try (AtWork agent = new AtWork("http://127.0.0.1:9")) {
      while (!Files.exists(folder.resolve("data/agent/places.json"))) {
        Thread.sleep(20);
      }
    }
    Files.delete(folder.resolve("data/agent/places.json"));
    try (TestReceiver receiver = new TestReceiver();
        AtWork agent = new AtWork(receiver.endpoint())) {
      receiver.awaitRecords(2 * RECORDS);
      assertThat(receiver.sent.of(AssayEvents.EDIT))
          .extracting(record -> Sent.attribute(record, AssayAttributes.GEN_AI_TOOL_CALL_ID))
          .hasSize(6)
          .containsOnly(
              receiver.sent.of(AssayEvents.EDIT).stream()
                  .limit(3)
                  .map(record -> Sent.attribute(record, AssayAttributes.GEN_AI_TOOL_CALL_ID))
                  .toArray());
    }
  }

  @Test
  void damagedSpool_isMadeGoodFromTheTranscripts() throws Exception {
    try (AtWork agent = new AtWork("http://127.0.0.1:9")) {
      while (!Files.exists(folder.resolve("data/agent/places.json"))) {
        Thread.sleep(20);
      }
    }
    Path segment = folder.resolve("data/agent/spool/000000000001.segment");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment, bytes);
    try (TestReceiver receiver = new TestReceiver();
        AtWork agent = new AtWork(receiver.endpoint())) {
      receiver.awaitRecords(RECORDS);
    }
    assertThat(status()).contains("spool-segment-damaged", "read-again");
    try (Stream<Path> files = Files.list(folder.resolve("data/agent/spool"))) {
      assertThat(files).anyMatch(file -> file.toString().endsWith(".segment.damaged-checksum"));
    }
  }

  @Test
  void killMinusNine_losesNothing() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--data",
                folder.resolve("data").toString(),
                "--claude-home",
                home.toString(),
                "--endpoint",
                "http://127.0.0.1:9",
                "--agent-hook-port",
                "0"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    while (!Files.exists(folder.resolve("data/agent/places.json")) && process.isAlive()) {
      Thread.sleep(20);
    }
    process.destroyForcibly().waitFor();
    try (TestReceiver receiver = new TestReceiver();
        AtWork agent = new AtWork(receiver.endpoint())) {
      receiver.awaitRecords(RECORDS);
      assertThat(receiver.sent.of(AssayEvents.EDIT)).hasSize(3);
    }
  }

  @Test
  void fullSpool_letsReadingWait_butNotTheEnd_andNothingIsLost() throws Exception {
    try (AtWork agent = new AtWork("http://127.0.0.1:9", 100)) {
      while (agent.thread.getState() != Thread.State.WAITING) {
        Thread.sleep(20);
      }
    }
    assertThat(status()).contains("stop-unkept");
    assertThat(folder.resolve("data/agent/places.json")).doesNotExist();
    try (TestReceiver receiver = new TestReceiver();
        AtWork agent = new AtWork(receiver.endpoint())) {
      receiver.awaitRecords(RECORDS);
    }
  }

  @Test
  void hook_tellsTheEditAtOnce_andTheTranscriptTheSame() throws Exception {
    Path hooks = Captures.ROOT.resolve("claude-code-2.1.330/headless-grpc/hooks-http.jsonl");
    try (TestReceiver receiver = new TestReceiver();
        AtWork agent = new AtWork(receiver.endpoint())) {
      receiver.awaitRecords(RECORDS);
      for (String line : Files.readAllLines(hooks)) {
        HookRecord hook = HookReader.read(line.getBytes(StandardCharsets.UTF_8));
        if (hook != null) {
          assertThat(agent.agent.offer(hook)).isTrue();
        }
      }
      receiver.awaitRecords(RECORDS + 6);
      List<LogRecord> edits = receiver.sent.of(AssayEvents.EDIT);
      assertThat(edits)
          .extracting(record -> Sent.attribute(record, AssayAttributes.SOURCE))
          .containsExactly("", "", "", "hook", "hook", "hook");
      for (int i = 0; i < 3; i++) {
        for (String same :
            List.of(
                AssayAttributes.GEN_AI_TOOL_CALL_ID,
                AssayAttributes.EDIT_LINES_ADDED,
                AssayAttributes.SESSION_ID,
                AssayAttributes.SESSION_STARTED_AT)) {
          assertThat(Sent.attribute(edits.get(i + 3), same))
              .isEqualTo(Sent.attribute(edits.get(i), same));
        }
      }
    }
  }

  @Test
  void secondAgentOnTheSameFolder_isRefused() throws Exception {
    try (AtWork agent = new AtWork("http://127.0.0.1:9")) {
      assertThatThrownBy(() -> DataFolder.open(folder.resolve("data")))
          .isInstanceOf(DataFolder.InUseException.class)
          .hasMessageContaining("data/agent");
    }
  }
}
