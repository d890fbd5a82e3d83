package dev.assay.receiver.forward;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.assay.receiver.tls.ClientTls;
import dev.assay.receiver.tls.TlsTrouble;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.ClientStreamTracer;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** OTLP over gRPC. */
final class GrpcLink implements Link {
  private final ManagedChannel channel;
  private final Channel withHeaders;
  private final CallOptions options;
  private final long timeoutMillis;
  private final boolean secured;
  private final Map<ForwardedSignal, MethodDescriptor<byte[], byte[]>> methods =
      new EnumMap<>(ForwardedSignal.class);

  GrpcLink(ForwardOptions to, @Nullable ClientTls tls) {
    ChannelCredentials credentials = InsecureChannelCredentials.create();
    if (tls != null) {
      TlsChannelCredentials.Builder secure =
          TlsChannelCredentials.newBuilder().trustManager(tls.trust());
      credentials = tls.key() == null ? secure.build() : secure.keyManager(tls.key()).build();
    }
    channel =
        NettyChannelBuilder.forAddress(to.endpoint().getHost(), to.port(), credentials).build();
    Metadata headers = new Metadata();
    to.headers()
        .forEach(
            (name, value) ->
                headers.put(
                    Metadata.Key.of(
                        name.toLowerCase(Locale.ROOT), Metadata.ASCII_STRING_MARSHALLER),
                    value));
    withHeaders =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    options = to.gzip() ? CallOptions.DEFAULT.withCompression("gzip") : CallOptions.DEFAULT;
    timeoutMillis = to.timeout().toMillis();
    secured = tls != null;
    for (ForwardedSignal signal : ForwardedSignal.values()) {
      methods.put(
          signal, signal.grpcMethod().toBuilder(Bytes.MARSHALLER, Bytes.MARSHALLER).build());
    }
  }

  @Override
  public Answer send(ForwardedSignal signal, byte[] message) throws InterruptedException {
    MethodDescriptor<byte[], byte[]> method = methods.get(signal);
    if (method == null) {
      throw new IllegalStateException("every signal has its method");
    }
    Heard heard = new Heard();
    try {
      byte[] response =
          ClientCalls.blockingUnaryCall(
              withHeaders,
              method,
              options
                  .withDeadlineAfter(timeoutMillis, TimeUnit.MILLISECONDS)
                  .withStreamTracerFactory(heard),
              message);
      return new Answer.Taken(signal.rejected(response));
    } catch (StatusRuntimeException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return answer(e, heard.trailers || hasHeaders(e));
    } catch (InvalidProtocolBufferException e) {
      return new Answer.Taken(0); // An answer that nobody understands is no reason to send again.
    }
  }

  /**
   * The OTLP specification's table of what may be sent again.
   *
   * @param heard whether the endpoint itself gave this status
   */
  private Answer answer(StatusRuntimeException e, boolean heard) {
    TlsTrouble trouble = TlsTrouble.of(e);
    if (trouble != null) {
      return Answer.Later.of(trouble);
    }
    String why = e.getStatus().getCode().name().toLowerCase(Locale.ROOT).replace('_', '-');
    if (secured
        && !heard
        && e.getStatus().getCode() == Code.UNAVAILABLE
        && !neverBegan(e.getCause())) {
      return Answer.Later.ended(why);
    }
    long asked = retryMillis(e);
    return switch (e.getStatus().getCode()) {
      case CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS ->
          new Answer.Later(why, Math.max(0, asked));
      case RESOURCE_EXHAUSTED -> asked >= 0 ? new Answer.Later(why, asked) : new Answer.Never(why);
      default -> new Answer.Never(why);
    };
  }

  /** Those of an answer that is none of gRPC's: a proxy's own. */
  private static boolean hasHeaders(StatusRuntimeException e) {
    Metadata trailers = e.getTrailers();
    return trailers != null && !trailers.keys().isEmpty();
  }

  private static boolean neverBegan(@Nullable Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof NoRouteToHostException;
  }

  /** -1 where the answer has no RetryInfo. */
  private static long retryMillis(StatusRuntimeException e) {
    Status status = StatusProto.fromThrowable(e);
    if (status != null) {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(RetryInfo.class)) {
          try {
            return Math.max(0, Durations.toMillis(detail.unpack(RetryInfo.class).getRetryDelay()));
          } catch (InvalidProtocolBufferException | IllegalArgumentException damaged) {
            return -1;
          }
        }
      }
    }
    return -1;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  /**
   * Whether a call's trailers came. The status alone does not say: one of the endpoint's own looks
   * like that of a connection that it ended, which has a cause or, seen a moment later, none.
   */
  private static final class Heard extends ClientStreamTracer.Factory {
    private volatile boolean trailers;

    @Override
    public ClientStreamTracer newClientStreamTracer(
        ClientStreamTracer.StreamInfo info, Metadata headers) {
      return new ClientStreamTracer() {
        @Override
        public void inboundTrailers(Metadata received) {
          trailers = true;
        }
      };
    }
  }

  /** Messages as they are: they were encoded when they were sieved. */
  private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
    MARSHALLER;

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
  }
}
