package dev.assay.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.receiver.capture.Capture;
import dev.assay.receiver.interpret.Interpreter;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How it ends, and how requests end that do not. */
class ShutdownTest {
  private final RecordingStore store = new RecordingStore();
  private final OtlpReceiver receiver =
      new OtlpReceiver(
          OtlpOptions.loopback(0, 0),
          new Interpreter(),
          store,
          OpenTelemetry.noop().getMeter("test"),
          InstantSource.system());
  private final byte[] good = Capture.of("2.1.330", "headless-grpc").exports().get(0).asProtobuf();

  @Test
  void shutdown_letsWhatIsUnderWayEnd() throws Exception {
    receiver.start();
    int httpPort = receiver.httpPort();
    CountDownLatch committing = store.holdNextCommits(2);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (Sender sender = new Sender(receiver)) {
      Future<byte[]> grpc = threads.submit(() -> sender.grpc(Signal.LOGS, good, false));
      Future<Integer> http =
          threads.submit(() -> sender.http(Signal.LOGS, Encoding.PROTOBUF, good).statusCode());
      committing.await();
      Future<?> end = threads.submit(() -> receiver.shutdown(Duration.ofSeconds(30)));
      store.release();
      assertThat(grpc.get()).isEmpty();
      assertThat(http.get()).isEqualTo(200);
      end.get();
    } finally {
      threads.shutdown();
    }
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), httpPort).close())
        .isInstanceOf(ConnectException.class);
  }

  /** What is kept, and whose answer is held back. */
  @Test
  void shutdown_letsAnswersGo_thatAreHeldBack() throws Exception {
    receiver.start();
    store.press(Duration.ofMillis(500));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Sender sender = new Sender(receiver)) {
      int before = store.committed().size();
      Future<byte[]> grpc = threads.submit(() -> sender.grpc(Signal.LOGS, good, false));
      while (store.committed().size() == before && !grpc.isDone()) {
        Thread.sleep(1);
      }
      int first = store.committed().size();
      Future<Integer> http =
          threads.submit(() -> sender.http(Signal.LOGS, Encoding.PROTOBUF, good).statusCode());
      while (store.committed().size() == first && !http.isDone()) {
        Thread.sleep(1);
      }
      receiver.shutdown(Duration.ofSeconds(30));
      assertThat(grpc.get()).isEmpty();
      assertThat(http.get()).isEqualTo(200);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void tornBody_isRefusedAndSpoilsNothing() throws Exception {
    receiver.start();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.httpPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /v1/logs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Content-Length: 100\r\n\r\n{\"resourceLogs\"")
              .getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .matches("(?s)|HTTP/1.1 503 .*");
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.httpPort())) {
      socket.getOutputStream().write("NO HTTP AT ALL\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 4");
    }
    try (Sender sender = new Sender(receiver)) {
      assertThat(sender.http(Signal.LOGS, Encoding.PROTOBUF, good).statusCode()).isEqualTo(200);
    } finally {
      receiver.shutdown(Duration.ofSeconds(5));
    }
    assertThat(store.committed()).isNotEmpty();
  }

  @Test
  void shutdown_beforeStart_isFine() throws IOException {
    receiver.shutdown(Duration.ofSeconds(1));
    assertThat(store.committed()).isEmpty();
  }
}
