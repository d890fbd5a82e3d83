package dev.assay.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.assay.receiver.capture.Capture;
import dev.assay.receiver.interpret.Interpreter;
import dev.assay.store.StoreUnavailableException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is refused, and how the sender hears of it. */
class RefusalsTest {
  private static final int LIMIT = 64 * 1024;
  private static final byte[] NOT_PROTOBUF = {(byte) 0xff, 0x01, 0x02};

  private final RecordingStore store = new RecordingStore();
  private final OtlpReceiver receiver =
      new OtlpReceiver(
          OtlpOptions.loopback(0, 0)
              .withAllowedHosts(Set.of("Assay.Example"))
              .withMessageBytes(LIMIT)
              .withLimits(OtlpOptions.Limits.standard().withPendingBytes(2 * LIMIT)),
          new Interpreter(),
          store,
          OpenTelemetry.noop().getMeter("test"),
          InstantSource.system());
  private final byte[] good = Capture.of("2.1.330", "headless-grpc").exports().get(0).asProtobuf();

  @BeforeEach
  void start() throws IOException {
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.shutdown(Duration.ofSeconds(5));
  }

  /** The table of the OTLP specification, of the gRPC codes, and of this receiver's promises. */
  @ParameterizedTest
  @CsvSource({
    "MALFORMED, INVALID_ARGUMENT, 400, false",
    "TOO_LARGE, RESOURCE_EXHAUSTED, 413, false",
    "FOREIGN_HOST, PERMISSION_DENIED, 421, false",
    "UNAUTHENTICATED, UNAUTHENTICATED, 401, false",
    "FORBIDDEN, PERMISSION_DENIED, 403, false",
    "RATE_LIMITED, RESOURCE_EXHAUSTED, 429, true",
    "SLOW_HEAD, UNAVAILABLE, 503, true",
    "CONNECTIONS, UNAVAILABLE, 503, true",
    "NO_SUCH_PATH, UNIMPLEMENTED, 404, false",
    "NOT_A_POST, UNIMPLEMENTED, 405, false",
    "MEDIA_TYPE, INVALID_ARGUMENT, 415, false",
    "CONTENT_ENCODING, UNIMPLEMENTED, 415, false",
    "INCOMPLETE, UNAVAILABLE, 503, true",
    "BUSY, UNAVAILABLE, 503, true",
    "STORE_UNAVAILABLE, UNAVAILABLE, 503, true",
    "STOPPING, UNAVAILABLE, 503, true",
    "INTERNAL, INTERNAL, 500, false",
  })
  void cause_statusOverGrpcAndHttp(Cause cause, Code code, int status, boolean retryable)
      throws Exception {
    assertThat(cause.grpcCode()).isEqualTo(code);
    assertThat(cause.httpStatus()).isEqualTo(status);
    assertThat(cause.retryable()).isEqualTo(retryable);
    Status answer = new Refused(cause, "why", 2500).toStatus();
    assertThat(answer.getCode()).isEqualTo(code.getNumber());
    assertThat(answer.getDetailsCount()).isEqualTo(retryable ? 1 : 0);
    if (retryable) {
      RetryInfo retry = answer.getDetails(0).unpack(RetryInfo.class);
      assertThat(retry.getRetryDelay().getSeconds()).isEqualTo(2);
      assertThat(retry.getRetryDelay().getNanos()).isEqualTo(500_000_000);
      assertThat(new Refused(cause, "why", 2500).retrySeconds()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void cause_whatMayBeRetriedIsWhatTheSpecificationLetsClientsRetry(Cause cause) {
    // OTLP: clients retry on 429, 502, 503, 504, on UNAVAILABLE, and on RESOURCE_EXHAUSTED where it
    // comes with RetryInfo; of ours on no other.
    assertThat(cause.retryable())
        .isEqualTo(Set.of(429, 502, 503, 504).contains(cause.httpStatus()));
    assertThat(cause.retryable())
        .isEqualTo(
            cause.grpcCode() == Code.UNAVAILABLE
                || (cause.grpcCode() == Code.RESOURCE_EXHAUSTED && cause != Cause.TOO_LARGE));
  }

  @Test
  void malformed() throws Exception {
    try (Sender sender = new Sender(receiver)) {
      for (Signal signal : Signal.values()) {
        assertThat(grpcStatus(sender, signal, NOT_PROTOBUF).getCode())
            .isEqualTo(Code.INVALID_ARGUMENT.getNumber());
        HttpResponse<byte[]> protobuf = sender.http(signal, Encoding.PROTOBUF, NOT_PROTOBUF);
        assertThat(protobuf.statusCode()).isEqualTo(400);
        assertThat(protobuf.headers().firstValue("content-type"))
            .hasValue("application/x-protobuf");
        assertThat(Status.parseFrom(protobuf.body()).getMessage()).contains("no protobuf message");
        HttpResponse<byte[]> json =
            sender.http(
                signal, Encoding.JSON, "{\"resourceLogs\":7".getBytes(StandardCharsets.UTF_8));
        assertThat(json.statusCode()).isEqualTo(400);
        assertThat(status(json).getMessage()).contains("no JSON");
      }
      assertThat(store.committed()).isEmpty();
    }
  }

  @Test
  void size_atTheLimitAndOnePast() throws Exception {
    try (Sender sender = new Sender(receiver)) {
      byte[] atLimit = padded(LIMIT);
      byte[] onePast = padded(LIMIT + 1);
      assertThat(sender.http(Signal.LOGS, Encoding.PROTOBUF, atLimit).statusCode()).isEqualTo(200);
      assertThat(sender.http(Signal.LOGS, Encoding.PROTOBUF, onePast).statusCode()).isEqualTo(413);
      assertThat(sender.grpc(Signal.LOGS, atLimit, false)).isEmpty();
      assertThat(grpcStatus(sender, Signal.LOGS, onePast).getCode())
          .isEqualTo(Code.RESOURCE_EXHAUSTED.getNumber());
      assertThat(sender.grpc(Signal.LOGS, atLimit, true)).isEmpty();
      assertThat(gzip(sender, Sender.gzip(atLimit)).statusCode()).isEqualTo(200);
      assertThat(gzip(sender, Sender.gzip(onePast)).statusCode()).isEqualTo(413);
    }
  }

  @Test
  void bomb_stopsAtTheLimit() throws Exception {
    byte[] bomb = Sender.gzip(new byte[40 * LIMIT]);
    assertThat(bomb.length).isLessThan(LIMIT);
    try (Sender sender = new Sender(receiver)) {
      assertThat(gzip(sender, bomb).statusCode()).isEqualTo(413);
      StatusRuntimeException refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> sender.grpc(Signal.LOGS, new byte[40 * LIMIT], true));
      assertThat(refused.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.RESOURCE_EXHAUSTED);
      sender.grpc(Signal.LOGS, good, true);
      assertThat(store.committed()).isNotEmpty();
    }
  }

  @Test
  void zstd_atTheLimitAndOnePast_andBombs() throws Exception {
    try (Sender sender = new Sender(receiver)) {
      assertThat(zstd(sender, Zstd.compress(padded(LIMIT))).statusCode()).isEqualTo(200);
      assertThat(zstd(sender, Zstd.compress(padded(LIMIT + 1))).statusCode()).isEqualTo(413);
      assertThat(zstd(sender, Zstd.compress(new byte[400 * LIMIT])).statusCode()).isEqualTo(413);
      assertThat(zstd(sender, good).statusCode()).isEqualTo(400);
      byte[] torn = java.util.Arrays.copyOf(Zstd.compress(good), 500);
      assertThat(zstd(sender, torn).statusCode()).isEqualTo(400);
      assertThat(zstd(sender, Zstd.compress(good)).statusCode()).isEqualTo(200);
      assertThat(store.committed()).isNotEmpty();
    }
  }

  /** A frame may ask for a window of gigabytes, which its decoder would have to allocate. */
  @Test
  void zstd_windowPastTheLimit_isRefused() throws Exception {
    try (Sender sender = new Sender(receiver)) {
      assertThat(zstd(sender, windowed(Compression.LIMIT_WINDOW_LOG)).statusCode()).isEqualTo(200);
      assertThat(zstd(sender, windowed(Compression.LIMIT_WINDOW_LOG + 1)).statusCode())
          .isEqualTo(400);
    }
  }

  private byte[] windowed(int windowLog) throws IOException {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    try (ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(out)) {
      zstd.setLong(windowLog); // without the content's size, which would make the window smaller
      zstd.write(good);
    }
    return out.toByteArray();
  }

  @Test
  void zstd_overGrpc() throws Exception {
    try (Sender sender = new Sender(receiver)) {
      assertThat(sender.grpc(Signal.LOGS, padded(LIMIT), "zstd")).isEmpty();
      assertThat(store.committed()).isEmpty();
      assertThat(sender.grpc(Signal.LOGS, good, "zstd")).isEmpty();
      assertThat(store.committed()).isNotEmpty();
      StatusRuntimeException refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> sender.grpc(Signal.LOGS, new byte[40 * LIMIT], "zstd"));
      assertThat(refused.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.RESOURCE_EXHAUSTED);
    }
  }

  @Test
  void gzip_thatIsNone() throws Exception {
    try (Sender sender = new Sender(receiver)) {
      assertThat(gzip(sender, good).statusCode()).isEqualTo(400);
      byte[] torn = java.util.Arrays.copyOf(Sender.gzip(good), 500);
      assertThat(gzip(sender, torn).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void nesting_atTheLimitAndOnePast() throws Exception {
    try (Sender sender = new Sender(receiver)) {
      assertThat(nested(sender, Encoding.LIMIT_NESTING - 1).statusCode()).isEqualTo(200);
      HttpResponse<byte[]> deep = nested(sender, Encoding.LIMIT_NESTING);
      assertThat(deep.statusCode()).isEqualTo(400);
      assertThat(status(deep).getMessage()).contains("nested deeper than 64 levels");
      assertThat(nested(sender, 20_000).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void wrongPathMethodTypeEncoding() throws Exception {
    try (Sender sender = new Sender(receiver)) {
      String type = "Content-Type";
      String protobuf = Encoding.PROTOBUF.mediaType();
      assertThat(sender.http("POST", "/v1/profiles", good, type, protobuf).statusCode())
          .isEqualTo(404);
      HttpResponse<byte[]> get = sender.http("GET", "/v1/logs", new byte[0]);
      assertThat(get.statusCode()).isEqualTo(405);
      assertThat(get.headers().firstValue("allow")).hasValue("POST");
      HttpResponse<byte[]> text = sender.http("POST", "/v1/logs", good, type, "text/plain");
      assertThat(text.statusCode()).isEqualTo(415);
      assertThat(status(text).getMessage()).contains("application/x-protobuf or application/json");
      HttpResponse<byte[]> br =
          sender.http("POST", "/v1/logs", good, type, protobuf, "Content-Encoding", "br");
      assertThat(br.statusCode()).isEqualTo(415);
      assertThat(br.headers().firstValue("accept-encoding")).hasValue("gzip, zstd");
      assertThat(store.committed()).isEmpty();
    }
  }

  @Test
  void storeUnavailable_saysWhenToComeBackAndLosesNothing() throws Exception {
    store.refuse(new StoreUnavailableException("disk full", 4200, null));
    try (Sender sender = new Sender(receiver)) {
      HttpResponse<byte[]> http = sender.http(Signal.LOGS, Encoding.PROTOBUF, good);
      assertThat(http.statusCode()).isEqualTo(503);
      assertThat(http.headers().firstValue("retry-after")).hasValue("5");
      Status grpc = grpcStatus(sender, Signal.LOGS, good);
      assertThat(grpc.getCode()).isEqualTo(Code.UNAVAILABLE.getNumber());
      RetryInfo retry = grpc.getDetails(0).unpack(RetryInfo.class);
      assertThat(retry.getRetryDelay().getSeconds()).isEqualTo(4);
      store.refuse(null);
      sender.grpc(Signal.LOGS, good, false);
      assertThat(store.committed()).isNotEmpty();
    }
  }

  @Test
  void fullStore_refusesBeforeAnythingIsDecoded() throws Exception {
    byte[] malformed = {1, 2, 3};
    try (Sender sender = new Sender(receiver)) {
      assertThat(sender.http(Signal.LOGS, Encoding.PROTOBUF, malformed).statusCode())
          .isEqualTo(400);
      store.fill(new StoreUnavailableException("busy", 1000, null));
      HttpResponse<byte[]> http = sender.http(Signal.LOGS, Encoding.PROTOBUF, malformed);
      assertThat(http.statusCode()).isEqualTo(503);
      assertThat(http.headers().firstValue("retry-after")).hasValue("1");
      assertThat(grpcStatus(sender, Signal.LOGS, good).getCode())
          .isEqualTo(Code.UNAVAILABLE.getNumber());
      assertThat(store.committed()).isEmpty();
      byte[] spans = ExportTraceServiceRequest.getDefaultInstance().toByteArray();
      assertThat(sender.http(Signal.TRACES, Encoding.PROTOBUF, spans).statusCode())
          .as("of spans nothing is kept: they only pass")
          .isEqualTo(200);
    }
  }

  @Test
  void fault_isOursAndNotToBeRetried() throws Exception {
    store.fail(new IllegalStateException("a fault made by this test"));
    try (Sender sender = new Sender(receiver)) {
      assertThat(sender.http(Signal.LOGS, Encoding.PROTOBUF, good).statusCode()).isEqualTo(500);
      assertThat(grpcStatus(sender, Signal.LOGS, good).getCode())
          .isEqualTo(Code.INTERNAL.getNumber());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "127.0.0.1:4318, 200",
    "[::1]:4318, 200",
    "assay.example:4318, 200",
    "evil.example, 421",
    "127.0.0.1.evil.example:4318, 421",
  })
  void host(String host, int status) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.httpPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /v1/logs HTTP/1.1\r\nHost: "
                  + host
                  + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                  + "Connection: close\r\n\r\n{}")
              .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 " + status);
    }
  }

  private static HttpResponse<byte[]> gzip(Sender sender, byte[] body) throws Exception {
    return sender.http(
        "POST",
        "/v1/logs",
        body,
        "Content-Type",
        Encoding.PROTOBUF.mediaType(),
        "Content-Encoding",
        "gzip");
  }

  private static HttpResponse<byte[]> zstd(Sender sender, byte[] body) throws Exception {
    return sender.http(
        "POST",
        "/v1/logs",
        body,
        "Content-Type",
        Encoding.PROTOBUF.mediaType(),
        "Content-Encoding",
        "zstd");
  }

  private static HttpResponse<byte[]> nested(Sender sender, int depth) throws Exception {
    String json = "{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
    return sender.http(Signal.LOGS, Encoding.JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  /** A request of exactly this size: an unknown field of bytes, which any reader skips. */
  private static byte[] padded(int size) throws IOException {
    for (int content = size - 8; content < size; content++) {
      com.google.protobuf.ByteString field =
          com.google.protobuf.UnknownFieldSet.newBuilder()
              .addField(
                  100,
                  com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                      .addLengthDelimited(
                          com.google.protobuf.ByteString.copyFrom(new byte[content]))
                      .build())
              .build()
              .toByteString();
      if (field.size() == size) {
        return field.toByteArray();
      }
    }
    throw new IOException("no such size");
  }

  private static Status grpcStatus(Sender sender, Signal signal, byte[] message) {
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> sender.grpc(signal, message, false));
    return StatusProto.fromThrowable(refused);
  }

  private static Status status(HttpResponse<byte[]> json) throws Exception {
    Status.Builder status = Status.newBuilder();
    JsonFormat.parser().merge(new String(json.body(), StandardCharsets.UTF_8), status);
    return status.build();
  }
}
