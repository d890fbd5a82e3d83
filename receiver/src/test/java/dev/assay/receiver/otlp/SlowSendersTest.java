package dev.assay.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receiver.capture.Capture;
import dev.assay.receiver.interpret.Interpreter;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Senders that never come to an end: each is ended, and keeps nobody else from being heard. */
@Timeout(value = 2, unit = TimeUnit.MINUTES) // a hang, not a measurement
class SlowSendersTest {
  /** More than there are threads. */
  private static final int MANY = 100;

  private static final int SHORT_MILLIS = 300;
  private static final int IDLE = Integer.getInteger("assay.idle.connections", 1_000);

  private final RecordingStore store = new RecordingStore();
  private final byte[] good = Capture.of("2.1.330", "headless-grpc").exports().get(0).asProtobuf();
  private @Nullable OtlpReceiver receiver;

  @AfterEach
  void stop() {
    if (receiver != null) {
      receiver.shutdown(Duration.ofSeconds(1));
    }
  }

  private OtlpReceiver start(OtlpOptions.Limits limits) throws IOException {
    OtlpReceiver starting =
        new OtlpReceiver(
            OtlpOptions.loopback(0, 0).withLimits(limits),
            new Interpreter(),
            store,
            OpenTelemetry.noop().getMeter("test"),
            InstantSource.system());
    receiver = starting;
    starting.start();
    return starting;
  }

  @Test
  void heads_thatNeverEnd() throws Exception {
    OtlpReceiver started = start(limits().withPatience(SHORT_MILLIS, 60_000, 60_000));
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < MANY; i++) {
        sockets.add(sent(started.httpPort(), "POST /v1/logs HTTP/1.1\r\nHost: localh"));
      }
      expectService(started);
      boolean ended = false;
      while (!ended) { // a byte now and then: never silent
        ended = true;
        for (Socket socket : sockets) {
          ended &= hasEnded(socket, "o");
        }
        Thread.sleep(20);
      }
      expectService(started);
    } finally {
      close(sockets);
    }
  }

  @Test
  void bodies_thatNeverEnd_holdNoThread_andAreToldToComeBack() throws Exception {
    OtlpReceiver started = start(limits().withPatience(60_000, SHORT_MILLIS, 60_000));
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < MANY; i++) {
        sockets.add(
            sent(
                started.httpPort(),
                "POST /v1/logs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 100000\r\n\r\n{"));
      }
      expectService(started);
      Thread.sleep(SHORT_MILLIS + 50);
      for (Socket socket : sockets) {
        socket.getOutputStream().write(' ');
      }
      for (Socket socket : sockets) {
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 503").containsIgnoringCase("Retry-After: 1");
      }
    } finally {
      close(sockets);
    }
  }

  @Test
  void silentBodies_areEnded() throws Exception {
    OtlpReceiver started = start(limits().withPatience(60_000, 60_000, SHORT_MILLIS));
    try (Socket socket =
        sent(
            started.httpPort(),
            "POST /v1/logs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100000\r\n\r\n{")) {
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 503");
    }
  }

  @Test
  void calls_thatNeverEnd_areEnded() throws Exception {
    OtlpReceiver started = start(limits().withPatience(60_000, SHORT_MILLIS, 60_000));
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", started.grpcPort()).usePlaintext().build();
    try {
      List<CompletableFuture<Status>> ends = new ArrayList<>();
      for (int i = 0; i < MANY / 2; i++) {
        ends.add(unfinished(channel));
      }
      expectService(started);
      for (CompletableFuture<Status> end : ends) {
        Status status = end.get();
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(status.getDescription()).contains("did not arrive in time");
      }
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void requestsAtOneTime_atTheLimitAndOnePast() throws Exception {
    OtlpReceiver started = start(limits().withRequests(1));
    CountDownLatch committing = store.holdNextCommits(1);
    try (Sender sender = new Sender(started)) {
      CompletableFuture<byte[]> first =
          CompletableFuture.supplyAsync(() -> sender.grpc(Signal.LOGS, good, false));
      committing.await();
      HttpResponse<byte[]> second = sender.http(Signal.LOGS, Encoding.PROTOBUF, good);
      assertThat(second.statusCode()).isEqualTo(503);
      assertThat(second.headers().firstValue("retry-after")).hasValue("1");
      store.release();
      assertThat(first.get()).isEmpty();
      int status = 503;
      while (status == 503) { // until the first one's place has been given back
        status = sender.http(Signal.LOGS, Encoding.PROTOBUF, good).statusCode();
      }
      assertThat(status).isEqualTo(200);
    }
  }

  @Test
  void connections_pastTheLimit_areTurnedAway_overGrpc() throws Exception {
    OtlpReceiver started = start(limits().withConnections(1));
    try (Sender first = new Sender(started)) {
      first.grpc(Signal.LOGS, good, false);
      ManagedChannel second =
          NettyChannelBuilder.forAddress("127.0.0.1", started.grpcPort()).usePlaintext().build();
      try {
        Status status = unfinished(second).get();
        assertThat(status.getCode()).isNotEqualTo(Status.Code.OK);
      } finally {
        second.shutdownNow();
      }
      first.grpc(Signal.LOGS, good, false);
    }
  }

  /** The long form: {@code -Dassay.idle.connections=10000}. */
  @Test
  void idleConnections_keepNobodyOut() throws Exception {
    OtlpReceiver started = start(limits());
    Process idle = IdleConnections.start(IDLE / 2, started.httpPort(), started.grpcPort());
    try {
      assertThat(idle.inputReader().readLine()).isEqualTo(IdleConnections.OPEN);
      expectService(started);
      assertThat(idle.isAlive()).isTrue();
    } finally {
      idle.destroyForcibly().waitFor();
    }
  }

  private static OtlpOptions.Limits limits() {
    return OtlpOptions.Limits.standard();
  }

  /** A call whose message comes, and whose end never does: its message has room in the gate. */
  private static CompletableFuture<Status> unfinished(ManagedChannel channel) {
    ClientCall<ExportLogsServiceRequest, ExportLogsServiceResponse> call =
        channel.newCall(
            // Of a unary call the library would keep everything until its end.
            LogsServiceGrpc.getExportMethod().toBuilder()
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .build(),
            CallOptions.DEFAULT);
    CompletableFuture<Status> end = new CompletableFuture<>();
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        new Metadata());
    call.request(1);
    call.sendMessage(ExportLogsServiceRequest.getDefaultInstance());
    return end;
  }

  private void expectService(OtlpReceiver started) throws Exception {
    try (Sender sender = new Sender(started)) {
      assertThat(sender.http(Signal.LOGS, Encoding.PROTOBUF, good).statusCode()).isEqualTo(200);
      assertThat(sender.grpc(Signal.LOGS, good, false)).isEmpty();
    }
  }

  private static Socket sent(int port, String text) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return socket;
  }

  private static boolean hasEnded(Socket socket, String more) {
    try {
      socket.getOutputStream().write(more.getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(1);
      InputStream in = socket.getInputStream();
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException stillThere) {
      return false;
    } catch (IOException gone) {
      return true;
    }
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
