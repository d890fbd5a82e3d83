package dev.assay.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.receiver.capture.Capture;
import dev.assay.receiver.capture.Figures;
import dev.assay.receiver.interpret.Interpreter;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The endpoints with what real clients sent. */
class OtlpReceiverTest {
  private final RecordingStore store = new RecordingStore();
  private OtlpReceiver receiver = receiver(0, 0);
  private Sender sender = new Sender(startedReceiver());

  private static Meter meter() {
    return OpenTelemetry.noop().getMeter("test");
  }

  private OtlpReceiver receiver(int grpcPort, int httpPort) {
    return new OtlpReceiver(
        OtlpOptions.loopback(grpcPort, httpPort),
        new Interpreter(),
        store,
        meter(),
        InstantSource.system());
  }

  private OtlpReceiver startedReceiver() {
    try {
      receiver.start();
      return receiver;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void listens() {
    assertThat(receiver.grpcPort()).isPositive();
    assertThat(receiver.httpPort()).isPositive();
  }

  @AfterEach
  void stop() {
    sender.close();
    receiver.shutdown(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @EnumSource(names = {"GRPC", "HTTP_PROTOBUF", "HTTP_JSON"})
  void captures_sameFiguresOverEachProtocolInAnyOrderAndRepetition(Protocol protocol)
      throws Exception {
    for (Capture capture : Capture.all()) {
      for (int times : List.of(1, 3)) {
        int before = store.committed().size();
        List<Capture.Export> exports = new ArrayList<>();
        for (int i = 0; i < times; i++) {
          exports.addAll(capture.exports());
        }
        Collections.shuffle(exports, new Random(times));
        for (Capture.Export export : exports) {
          sender.send(protocol, export);
        }
        Figures figures = Figures.of(store.committed().subList(before, store.committed().size()));
        if (capture.run().startsWith("headless")) {
          assertThat(figures)
              .as("%s, %d times", capture, times)
              .isEqualTo(
                  new Figures(
                      3,
                      0,
                      0,
                      19,
                      6,
                      "7221/921/30000/1800",
                      new BigDecimal(capture.version().equals("2.1.330") ? "0.062304" : "0.08538"),
                      18,
                      1));
        } else {
          assertThat(List.of(figures.accepted(), figures.rejected(), figures.blocked()))
              .as("%s, %d times", capture, times)
              .containsExactly(2L, 1L, 0L);
        }
      }
    }
  }

  @Test
  void gzip_overGrpcAndHttp() throws Exception {
    Capture.Export logs = Capture.of("2.1.330", "headless-grpc").exports().get(0);
    sender.grpc(Signal.LOGS, logs.asProtobuf(), true);
    int once = store.committed().size();
    assertThat(once).isPositive();
    var answer =
        sender.http(
            "POST",
            "/v1/logs",
            Sender.gzip(logs.asJson()),
            "Content-Type",
            "application/json; charset=utf-8",
            "Content-Encoding",
            "gzip");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{}");
    assertThat(store.committed()).hasSize(2 * once);
  }

  @Test
  void traces_answeredAndDropped() throws Exception {
    byte[] spans =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .addScopeSpans(
                        ScopeSpans.newBuilder()
                            .addSpans(Span.newBuilder().setName("claude_code.tool"))))
            .build()
            .toByteArray();
    assertThat(ExportTraceServiceResponse.parseFrom(sender.grpc(Signal.TRACES, spans, false)))
        .isEqualTo(ExportTraceServiceResponse.getDefaultInstance());
    assertThat(sender.http(Signal.TRACES, Encoding.PROTOBUF, spans).statusCode()).isEqualTo(200);
    assertThat(store.committed()).isEmpty();
  }

  @Test
  void badRecord_isRejectedAloneAndNamed() throws Exception {
    String json =
        """
        {"resourceLogs":[{"scopeLogs":[{"scope":{"name":"assay.agent"},"logRecords":[
         {"timeUnixNano":"1795367931906000000","eventName":"assay.decision","attributes":[
          {"key":"session.id","value":{"stringValue":"s"}},
          {"key":"gen_ai.tool.call.id","value":{"stringValue":"t"}},
          {"key":"gen_ai.tool.name","value":{"stringValue":"Edit"}},
          {"key":"assay.decision.outcome","value":{"stringValue":"accepted"}}]},
         {"timeUnixNano":1795367931906000000,"eventName":"assay.decision","attributes":[
          {"key":"session.id","value":{"stringValue":"s"}}]}]}]}]}
        """;
    var answer = sender.http(Signal.LOGS, Encoding.JSON, json.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"partialSuccess\":{\"rejectedLogRecords\":\"1\",\"errorMessage\":"
                + "\"record 2 of the request: no assay.decision.outcome\"}}");
    assertThat(Figures.of(store.committed()).accepted()).isEqualTo(1);
    ExportLogsServiceResponse none =
        ExportLogsServiceResponse.parseFrom(sender.grpc(Signal.LOGS, new byte[0], false));
    assertThat(none.hasPartialSuccess()).isFalse();
  }

  @Test
  void portInUse_saysWhichAndNamesTheFlag() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> receiver(port, 0).start())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("--otlp-grpc-port")
          .hasMessageContaining("in use");
      assertThatThrownBy(() -> receiver(0, port).start())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("--otlp-http-port")
          .hasMessageContaining("in use");
    }
  }
}
