package dev.assay.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.receiver.capture.Capture;
import dev.assay.receiver.interpret.Interpreter;
import dev.assay.receiver.otlp.OtlpOptions.GrpcConnection;
import dev.assay.receiver.otlp.OtlpOptions.Limits;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The limits of one connection, and of all that arrives: at their edge, and one past it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES) // a hang, not a measurement
class EdgesTest {
  private static final int PATIENCE_MILLIS = 60_000;

  private static final int SHORT_MILLIS = 300;
  private static final int LONG_MILLIS = 100_000;
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EMPTY_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

  private final RecordingStore store = new RecordingStore();
  private final byte[] good = Capture.of("2.1.330", "headless-grpc").exports().get(0).asProtobuf();
  private @Nullable OtlpReceiver receiver;

  @AfterEach
  void stop() {
    if (receiver != null) {
      receiver.shutdown(Duration.ofSeconds(1));
    }
  }

  private OtlpReceiver start(Limits limits) throws IOException {
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
  void arrivingBytes_atTheLimitAndOnePast() throws Exception {
    Arrivals arrivals = new Arrivals(2, 100);
    Arrivals.Arrival first = arrivals.enter();
    first.add(60);
    try (Arrivals.Arrival second = arrivals.enter()) {
      second.add(40);
      assertThatThrownBy(() -> second.add(1))
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.why()).isEqualTo(Cause.BUSY));
      assertThatThrownBy(arrivals::enter)
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.why()).isEqualTo(Cause.BUSY));
      first.close();
      first.close();
      second.add(60);
      assertThatThrownBy(() -> second.add(1)).isInstanceOf(Refused.class);
    }
    assertThat(arrivals.bytes()).isZero();
    assertThat(arrivals.requests()).isZero();
  }

  @Test
  void connections_pastTheLimit_waitUntilOneEnds_overHttp() throws Exception {
    OtlpReceiver started = start(Limits.standard().withConnections(1));
    Socket first = connected(started.httpPort());
    try (Socket second = connected(started.httpPort())) {
      assertThat(exchanged(first)).startsWith("HTTP/1.1 200");
      second.getOutputStream().write(request(""));
      assertThat(exchanged(first)).startsWith("HTTP/1.1 200");
      assertThat(second.getInputStream().available()).isZero();
      first.close();
      assertThat(answer(second)).startsWith("HTTP/1.1 200");
    } finally {
      first.close();
    }
  }

  @Test
  void handshake_thatNeverComes_isEnded_overGrpc() throws Exception {
    OtlpReceiver started =
        start(Limits.standard().withPatience(SHORT_MILLIS, LONG_MILLIS, LONG_MILLIS));
    try (Socket silent = connected(started.grpcPort())) {
      assertThat(ended(silent)).isTrue();
    }
  }

  @Test
  void silenceBetweenTwoRequests_isEnded_overHttp() throws Exception {
    OtlpReceiver started =
        start(Limits.standard().withPatience(LONG_MILLIS, LONG_MILLIS, 10 * SHORT_MILLIS));
    try (Socket socket = connected(started.httpPort())) {
      assertThat(exchanged(socket)).startsWith("HTTP/1.1 200");
      assertThat(ended(socket)).isTrue();
    }
  }

  @Test
  void connectionWithoutCalls_isEndedInOrder_overGrpc() throws Exception {
    OtlpReceiver started =
        start(Limits.standard().withGrpc(new GrpcConnection(100, 1_000, 60_000, 20_000)));
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", started.grpcPort()).usePlaintext().build();
    try {
      for (int i = 0; i < 2; i++) { // the client makes another when it needs one
        ClientCalls.blockingUnaryCall(
            channel,
            LogsServiceGrpc.getExportMethod(),
            io.grpc.CallOptions.DEFAULT,
            ExportLogsServiceRequest.getDefaultInstance());
        while (channel.getState(false) != ConnectivityState.IDLE) {
          Thread.sleep(20);
        }
      }
    } finally {
      channel.shutdownNow();
    }
  }

  /** One that goes on answering stays: a client's library does so by itself. */
  @Test
  void peerThatAnswersNoPing_isGivenUp_overGrpc() throws Exception {
    OtlpReceiver started =
        start(Limits.standard().withGrpc(new GrpcConnection(100, 600_000, 100, SHORT_MILLIS)));
    try (Sender answering = new Sender(started);
        Socket dumb = connected(started.grpcPort())) {
      answering.grpc(Signal.LOGS, good, false);
      dumb.getOutputStream().write(PREFACE);
      dumb.getOutputStream().write(EMPTY_SETTINGS);
      assertThat(ended(dumb)).isTrue();
      answering.grpc(Signal.LOGS, good, false);
    }
  }

  /** HTTP/2 lets the server say what it takes; its library keeps to that. */
  @Test
  void callsAndHeads_areAnnounced_overGrpc() throws Exception {
    OtlpReceiver started =
        start(Limits.standard().withGrpc(new GrpcConnection(7, 600_000, 60_000, 20_000)));
    try (Socket socket = connected(started.grpcPort())) {
      socket.getOutputStream().write(PREFACE);
      socket.getOutputStream().write(EMPTY_SETTINGS);
      Map<Integer, Integer> settings = settings(new DataInputStream(socket.getInputStream()));
      assertThat(settings)
          .containsEntry(3, 7) // SETTINGS_MAX_CONCURRENT_STREAMS, RFC 9113, 6.5.2
          .containsEntry(6, GrpcEndpoint.LIMIT_METADATA_BYTES);
    }
  }

  @Test
  void head_atTheLimitAndOnePast_overHttp() throws Exception {
    OtlpReceiver started = start(Limits.standard());
    int rest = request("").length;
    for (int more : new int[] {0, 1}) {
      byte[] head = request("x".repeat(HttpEndpoint.LIMIT_HEADER_BYTES - rest + 2 + more));
      try (Socket socket = connected(started.httpPort())) {
        socket.getOutputStream().write(head);
        assertThat(answer(socket)).startsWith(more == 0 ? "HTTP/1.1 200" : "HTTP/1.1 400");
      }
    }
  }

  /** An export without a record. */
  private static byte[] request(String filling) {
    return ("POST /v1/logs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 2\r\nX-Filling: "
            + filling
            + "\r\n\r\n{}")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static Socket connected(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS); // an interrupt ends no read
    return socket;
  }

  private static String exchanged(Socket socket) throws IOException {
    socket.getOutputStream().write(request(""));
    return answer(socket);
  }

  /** The head of an answer; its body is read too. */
  private static String answer(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    String length = head.toString().toLowerCase(java.util.Locale.ROOT);
    int at = length.indexOf("content-length: ");
    if (at >= 0) {
      in.readNBytes(Integer.parseInt(length.substring(at + 16, length.indexOf("\r\n", at))));
    }
    return head.toString();
  }

  private static boolean ended(Socket socket) {
    try {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (SocketTimeoutException silent) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private static Map<Integer, Integer> settings(DataInputStream in) throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    assertThat(in.readUnsignedByte()).as("the first frame of a server").isEqualTo(4);
    in.readNBytes(5);
    Map<Integer, Integer> settings = new HashMap<>();
    for (int i = 0; i < length / 6; i++) {
      settings.put(in.readUnsignedShort(), in.readInt());
    }
    return settings;
  }
}
