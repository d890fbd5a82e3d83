package dev.assay.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.receiver.capture.Capture;
import dev.assay.receiver.interpret.Interpreter;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How it ends, and how requests end that do not. */
class ShutdownTest {
  private static final int CALLS = 100;

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

  /** Under load: some are in the store, some wait for a thread, and some come just then. */
  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES) // against hanging for ever only
  void shutdown_withoutGrace_letsEachCallBeSentAgain() throws Exception {
    receiver.start();
    AtomicInteger acknowledged = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(CALLS);
    try (Rejections rejections = new Rejections();
        Sender sender = new Sender(receiver)) {
      sender.grpc(Signal.LOGS, good, false);
      int observations = store.committed().size();
      List<Future<Status.Code>> ends = new ArrayList<>();
      for (int call = 0; call < CALLS; call++) {
        ends.add(
            threads.submit(
                () -> {
                  Status.Code end = end(sender);
                  while (end == Status.Code.OK) {
                    acknowledged.incrementAndGet();
                    end = end(sender);
                  }
                  return end;
                }));
      }
      while (acknowledged.get() < CALLS) {
        Thread.sleep(1);
      }
      store.holdNextCommits(1).await();
      receiver.shutdown(Duration.ZERO);
      for (Future<Status.Code> end : ends) { // OTLP has both sent again
        assertThat(end.get()).isIn(Status.Code.UNAVAILABLE, Status.Code.CANCELLED);
      }
      assertThat(store.committed()).hasSizeGreaterThanOrEqualTo(acknowledged.get() * observations);
      assertThat(rejections.seen()).isEmpty();
    } finally {
      threads.shutdown();
    }
  }

  /** Of which gRPC tells after it said that it has ended. */
  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES) // against hanging for ever only
  void shutdown_isQuiet_whereAConnectionBreaksMeanwhile() throws Exception {
    receiver.start();
    int port = receiver.grpcPort();
    CountDownLatch committing = store.holdNextCommits(1);
    ExecutorService threads = Executors.newFixedThreadPool(CALLS + 1);
    try (Rejections rejections = new Rejections();
        Wire wire = new Wire(port);
        Sender sender = new Sender(receiver, wire.port())) {
      List<Future<Status.Code>> ends = new ArrayList<>();
      for (int call = 0; call < CALLS; call++) {
        ends.add(threads.submit(() -> end(sender)));
      }
      wire.connect();
      committing.await();
      Future<?> end = threads.submit(() -> receiver.shutdown(Duration.ofSeconds(30)));
      while (listens(port)) {
        Thread.sleep(1);
      }
      wire.cut();
      end.get();
      for (Future<Status.Code> each : ends) {
        assertThat(each.get()).isEqualTo(Status.Code.UNAVAILABLE);
      }
      assertThat(rejections.seen()).isEmpty();
    } finally {
      threads.shutdown();
    }
  }

  private static boolean listens(int port) throws IOException {
    try {
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      return true;
    } catch (ConnectException e) {
      return false;
    }
  }

  private Status.Code end(Sender sender) {
    try {
      sender.grpc(Signal.LOGS, good, false);
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
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

  /** What gRPC says about tasks that nobody would run. */
  private static final class Rejections extends Handler implements AutoCloseable {
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    private final List<String> seen = new CopyOnWriteArrayList<>();

    Rejections() {
      GRPC.addHandler(this);
      GRPC.setUseParentHandlers(false); // a cut connection makes it say much
    }

    List<String> seen() {
      return seen;
    }

    @Override
    public void publish(LogRecord message) {
      for (Throwable cause = message.getThrown(); cause != null; cause = cause.getCause()) {
        if (cause instanceof RejectedExecutionException) {
          seen.add(message.getLoggerName() + ": " + message.getMessage());
        }
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      GRPC.setUseParentHandlers(true);
      GRPC.removeHandler(this);
    }
  }

  /** Between one sender and the receiver; is cut as where the sender's machine dies. */
  private static final class Wire implements AutoCloseable {
    private final ServerSocket here = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Socket there;

    Wire(int port) throws IOException {
      there = new Socket(InetAddress.getLoopbackAddress(), port);
    }

    int port() {
      return here.getLocalPort();
    }

    /** Waits for the sender; who comes later is turned away. */
    void connect() throws IOException {
      Socket sender = here.accept();
      here.close();
      carry(sender, there);
      carry(there, sender);
    }

    private static void carry(Socket from, Socket to) {
      Thread thread =
          new Thread(
              () -> {
                try (from;
                    to) {
                  from.getInputStream().transferTo(to.getOutputStream());
                } catch (IOException e) {
                  // It was cut.
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    void cut() throws IOException {
      there.setSoLinger(true, 0);
      there.close();
    }

    @Override
    public void close() throws IOException {
      here.close();
      there.close();
    }
  }
}
