package dev.assay.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receiver.capture.Capture;
import dev.assay.receiver.capture.Figures;
import dev.assay.receiver.forward.ForwardOptions;
import dev.assay.receiver.forward.Forwarder;
import dev.assay.receiver.interpret.Interpreter;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.Meter;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One receiver in front of another: what real clients sent reaches both. */
class ForwardedTest {
  private final RecordingStore front = new RecordingStore();
  private final RecordingStore behind = new RecordingStore();
  private final OtlpReceiver backend = receiver(behind, Forwarder.none());

  private static Meter meter() {
    return OpenTelemetry.noop().getMeter("test");
  }

  private static OtlpReceiver receiver(RecordingStore store, Forwarder forwarder) {
    OtlpReceiver receiver =
        new OtlpReceiver(
            OtlpOptions.loopback(0, 0),
            new Interpreter(),
            store,
            forwarder,
            meter(),
            InstantSource.system());
    try {
      receiver.start();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return receiver;
  }

  @AfterEach
  void stop() {
    backend.shutdown(Duration.ofSeconds(5));
  }

  private ForwardOptions backend(boolean grpc) {
    int port = grpc ? backend.grpcPort() : backend.httpPort();
    return ForwardOptions.to(
        grpc ? "otlp/backend" : "otlphttp/backend", grpc, URI.create("http://127.0.0.1:" + port));
  }

  @ParameterizedTest
  @CsvSource({"GRPC,true", "GRPC,false", "HTTP_PROTOBUF,true", "HTTP_JSON,true", "HTTP_JSON,false"})
  void captures_sayTheSameBehindAsInFront(Protocol protocol, boolean grpc) throws Exception {
    Forwarder forwarder = new Forwarder(List.of(backend(grpc)), meter(), InstantSource.system());
    forwarder.start();
    OtlpReceiver receiver = receiver(front, forwarder);
    try (Sender sender = new Sender(receiver)) {
      for (Capture capture : Capture.all()) {
        for (Capture.Export export : capture.exports()) {
          sender.send(protocol, export);
        }
      }
    }
    receiver.shutdown(Duration.ofSeconds(5));
    forwarder.shutdown(Duration.ofSeconds(30));
    assertThat(front.committed()).isNotEmpty();
    Figures here = Figures.of(front.committed());
    Figures there = Figures.of(behind.committed());
    assertThat(here.linesAdded()).isEqualTo(134);
    assertThat(there) // but for the lines that are counted in tool_input, which stays here
        .isEqualTo(
            new Figures(
                here.accepted(),
                here.rejected(),
                here.blocked(),
                0,
                here.requests(),
                here.tokens(),
                here.costUsd(),
                here.linesCounted(),
                here.sessions()));
  }

  @Test
  void backendThatIsGone_costsTheReceiverNothing() throws Exception {
    List<ForwardOptions> gone = List.of(backend(true), backend(false));
    backend.shutdown(Duration.ZERO);
    Forwarder forwarder = new Forwarder(gone, meter(), InstantSource.system());
    forwarder.start();
    OtlpReceiver receiver = receiver(front, forwarder);
    try (Sender sender = new Sender(receiver)) {
      for (Capture.Export export : Capture.of("2.1.330", "headless-grpc").exports()) {
        sender.send(Protocol.GRPC, export);
      }
    }
    receiver.shutdown(Duration.ofSeconds(5));
    forwarder.shutdown(Duration.ofMillis(10));
    assertThat(Figures.of(front.committed()).accepted()).isEqualTo(3);
    assertThat(behind.committed()).isEmpty();
  }
}
