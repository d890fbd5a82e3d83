package dev.assay.receiver.otlp;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import com.google.protobuf.ByteString;
import dev.assay.receiver.capture.Capture;
import io.grpc.CallOptions;
import io.grpc.Codec;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.zip.GZIPOutputStream;

/** Sends exports to a receiver, as clients do. */
final class Sender implements AutoCloseable {
  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  private static final CompressorRegistry COMPRESSORS = compressors();

  private final OtlpReceiver receiver;
  private final ManagedChannel channel;
  private final HttpClient http = HttpClient.newHttpClient();

  Sender(OtlpReceiver receiver) {
    this(receiver, receiver.grpcPort());
  }

  /** Sends over gRPC to another port, behind which the receiver is. */
  Sender(OtlpReceiver receiver, int grpcPort) {
    this.receiver = receiver;
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", grpcPort)
            .usePlaintext()
            .compressorRegistry(COMPRESSORS)
            .build();
  }

  private static CompressorRegistry compressors() {
    CompressorRegistry registry = CompressorRegistry.newEmptyInstance();
    registry.register(Codec.Identity.NONE);
    registry.register(new Codec.Gzip());
    registry.register(
        new Compressor() {
          @Override
          public String getMessageEncoding() {
            return "zstd";
          }

          @Override
          public OutputStream compress(OutputStream out) throws IOException {
            return new ZstdOutputStreamNoFinalizer(out);
          }
        });
    return registry;
  }

  /** Sends an export; fails if it is not acknowledged. */
  void send(Protocol protocol, Capture.Export export) throws Exception {
    Signal signal = export.isLogs() ? Signal.LOGS : Signal.METRICS;
    switch (protocol) {
      case GRPC -> grpc(signal, export.asProtobuf(), false);
      case HTTP_PROTOBUF -> expectOk(http(signal, Encoding.PROTOBUF, export.asProtobuf()));
      case HTTP_JSON -> expectOk(http(signal, Encoding.JSON, export.asJson()));
      case HTTP -> throw new IllegalArgumentException("no encoding");
    }
  }

  /** The answer's bytes. */
  byte[] grpc(Signal signal, byte[] message, boolean gzip) throws StatusRuntimeException {
    return grpc(signal, message, gzip ? "gzip" : "identity");
  }

  /** The answer's bytes. */
  byte[] grpc(Signal signal, byte[] message, String compression) throws StatusRuntimeException {
    CallOptions options = CallOptions.DEFAULT.withCompression(compression);
    return ClientCalls.blockingUnaryCall(
        channel, signal.grpcMethod().toBuilder(BYTES, BYTES).build(), options, message);
  }

  HttpResponse<byte[]> http(Signal signal, Encoding encoding, byte[] message) throws Exception {
    return http("POST", signal.path(), message, "Content-Type", encoding.mediaType());
  }

  HttpResponse<byte[]> http(String method, String path, byte[] message, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + receiver.httpPort() + path))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(message));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void expectOk(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw new AssertionError(
          response.statusCode() + " " + ByteString.copyFrom(response.body()).toStringUtf8());
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
