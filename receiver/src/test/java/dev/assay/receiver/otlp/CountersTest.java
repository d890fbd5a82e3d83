package dev.assay.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.receiver.capture.Capture;
import dev.assay.receiver.interpret.Interpreter;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every request is counted once, and every record of an accepted one has an end. */
class CountersTest {
  private static final int LIMIT = 128 * 1024;
  private final MeterReader reader = new MeterReader();
  private final SdkMeterProvider meters =
      SdkMeterProvider.builder().registerMetricReader(reader).build();
  private final OtlpReceiver receiver =
      new OtlpReceiver(
          OtlpOptions.loopback(0, 0)
              .withMessageBytes(LIMIT)
              .withLimits(OtlpOptions.Limits.standard().withPendingBytes(8 * LIMIT)),
          new Interpreter(),
          new RecordingStore(),
          meters.get("test"),
          InstantSource.system());

  @AfterEach
  void stop() {
    receiver.shutdown(Duration.ofSeconds(5));
    meters.close();
  }

  @Test
  void requests_andRecords() throws Exception {
    Capture capture = Capture.of("2.1.330", "headless-grpc");
    byte[] wrong = {(byte) 0xff};
    byte[] large = new byte[LIMIT + 1];
    receiver.start();
    try (Sender sender = new Sender(receiver)) {
      for (Capture.Export export : capture.exports()) {
        sender.send(Protocol.GRPC, export);
        sender.send(Protocol.HTTP_JSON, export);
      }
      assertThatThrownBy(() -> sender.grpc(Signal.LOGS, wrong, false))
          .isInstanceOf(StatusRuntimeException.class);
      assertThatThrownBy(() -> sender.grpc(Signal.LOGS, large, false))
          .isInstanceOf(StatusRuntimeException.class);
      assertThatThrownBy(() -> sender.grpc(Signal.LOGS, new byte[20 * LIMIT], true))
          .isInstanceOf(StatusRuntimeException.class);
      sender.http(Signal.METRICS, Encoding.PROTOBUF, wrong);
      sender.http(Signal.METRICS, Encoding.PROTOBUF, large);
      sender.http("POST", "/elsewhere", wrong);
    }
    receiver.shutdown(Duration.ofSeconds(5));

    Map<String, Long> requests =
        reader.sums("assay.otlp.requests", "signal", "protocol", "outcome");
    assertThat(requests)
        .containsOnly(
            Map.entry("logs grpc accepted", 1L),
            Map.entry("metrics grpc accepted", 1L),
            Map.entry("logs http/json accepted", 1L),
            Map.entry("metrics http/json accepted", 1L),
            Map.entry("logs grpc malformed", 1L),
            Map.entry("logs grpc too-large", 2L),
            Map.entry("metrics http/protobuf malformed", 1L),
            Map.entry("metrics http/protobuf too-large", 1L),
            Map.entry("other http no-such-path", 1L));

    long logs =
        capture.exports().stream()
            .filter(Capture.Export::isLogs)
            .flatMap(export -> export.logs().getResourceLogsList().stream())
            .flatMap(resource -> resource.getScopeLogsList().stream())
            .mapToLong(scope -> scope.getLogRecordsCount())
            .sum();
    // Six responses, three decisions on edits and their three results; the rest says nothing.
    assertThat(reader.sums("assay.otlp.records", "signal", "outcome"))
        .containsEntry("logs observed", 2L * 12)
        .containsEntry("logs ignored", 2 * (logs - 12))
        .containsEntry("logs rejected", 0L);
    assertThat(reader.sums("assay.otlp.not_kept", "kind", "reason"))
        .containsEntry("withheld prompt", 4L)
        .containsEntry("withheld response", 4L);
  }
}
