package dev.assay.receiver.otlp;

import com.google.protobuf.Message;
import dev.assay.receiver.tls.ServerTls;
import io.grpc.DecompressorRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** OTLP over gRPC. */
final class GrpcEndpoint {
  /** Requests that wait for one commit together: each occupies a thread until it is durable. */
  private static final int THREADS = 32;

  static final int LIMIT_METADATA_BYTES = 16 * 1024;

  /** A client may ask whether we are there this often. */
  private static final long PERMITTED_KEEP_ALIVE_SECONDS = 10;

  /** Connections that were cut off at the end close within this. */
  private static final long LIMIT_CLOSING_MILLIS = 5_000;

  private final OtlpOptions options;
  private final Ingest ingest;
  private final Gate gate;
  private final Counters counters;
  private final ExecutorService executor;
  private final ScheduledExecutorService timer;
  private final Server server;

  GrpcEndpoint(
      OtlpOptions options,
      Ingest ingest,
      Gate gate,
      Arrivals arrivals,
      @Nullable ServerTls tls,
      Counters counters)
      throws IOException {
    this.options = options;
    this.ingest = ingest;
    this.gate = gate;
    this.counters = counters;
    AtomicInteger number = new AtomicInteger();
    // Both drop what comes after their end: the server says that it has terminated before its
    // transport has told how the last calls ended. A rejection that is thrown into the transport
    // keeps it from ending the connection's other calls, or makes an internal error of them.
    executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            task -> daemon(task, "otlp-grpc-" + number.incrementAndGet()),
            new ThreadPoolExecutor.DiscardPolicy());
    timer =
        new ScheduledThreadPoolExecutor(
            1, task -> daemon(task, "otlp-grpc-timer"), new ThreadPoolExecutor.DiscardPolicy());
    OtlpOptions.Limits limits = options.limits();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(options.grpc().host(), options.grpc().port()))
            .executor(executor)
            .maxInboundMessageSize(options.grpc().limitMessageBytes())
            .maxInboundMetadataSize(LIMIT_METADATA_BYTES)
            .maxConcurrentCallsPerConnection(limits.grpc().calls())
            .permitKeepAliveTime(PERMITTED_KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .keepAliveTime(limits.grpc().askMillis(), TimeUnit.MILLISECONDS)
            .keepAliveTimeout(limits.grpc().answerMillis(), TimeUnit.MILLISECONDS)
            .maxConnectionIdle(limits.grpc().idleMillis(), TimeUnit.MILLISECONDS)
            .handshakeTimeout(limits.headerMillis(), TimeUnit.MILLISECONDS)
            .decompressorRegistry(
                DecompressorRegistry.getDefaultInstance().with(new ZstdCodec(), true))
            .addTransportFilter(new ConnectionLimit(limits.connections(), counters))
            .addStreamTracerFactory(new StreamMeter.Factory(arrivals, counters))
            .intercept(
                new CallGuard(
                    new Entrance(options.grpc().authenticated() ? options.tokens() : null),
                    limits.bodyMillis(),
                    timer,
                    counters));
    if (tls != null) {
      SslContextBuilder ssl = GrpcSslContexts.configure(SslContextBuilder.forServer(tls.keys()));
      if (tls.clients() != null) {
        ssl.trustManager(tls.clients()).clientAuth(ClientAuth.REQUIRE);
      }
      builder.sslContext(ssl.build());
    }
    for (Signal signal : Signal.values()) {
      builder.addService(service(signal));
    }
    server = builder.build();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  void start() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      executor.shutdown();
      timer.shutdown();
      throw e;
    }
  }

  int port() {
    return server.getPort();
  }

  /** Takes no new calls, and gives those under way the time to end; cuts off those that do not. */
  void shutdown(long graceMillis) throws InterruptedException {
    server.shutdown();
    if (!server.awaitTermination(graceMillis, TimeUnit.MILLISECONDS)) {
      server.shutdownNow();
      // Not the grace again, which may be none: until they are closed, calls need the threads.
      server.awaitTermination(LIMIT_CLOSING_MILLIS, TimeUnit.MILLISECONDS);
    }
    executor.shutdownNow();
    timer.shutdownNow();
  }

  private ServerServiceDefinition service(Signal signal) {
    MethodDescriptor<Inbound, Message> method =
        signal.grpcMethod().toBuilder(
                new Inbound.Marshaller(options.grpc().limitMessageBytes(), gate),
                ProtoUtils.marshaller(signal.response(0, "")))
            .build();
    return ServerServiceDefinition.builder(signal.grpcService())
        .addMethod(
            method,
            Inbound.releasing(
                ServerCalls.asyncUnaryCall((request, answer) -> export(signal, request, answer))))
        .build();
  }

  /** No thread waits for it. */
  private void answerWhenDue(StreamObserver<Message> answer, Ingest.Accepted accepted) {
    long left = accepted.leftNanos();
    if (left > 0) {
      var unused = timer.schedule(() -> send(answer, accepted), left, TimeUnit.NANOSECONDS);
    } else {
      send(answer, accepted);
    }
  }

  private static void send(StreamObserver<Message> answer, Ingest.Accepted accepted) {
    answer.onNext(accepted.answer());
    answer.onCompleted();
  }

  private void export(Signal signal, Inbound request, StreamObserver<Message> answer) {
    try (request) {
      Ingest.Accepted accepted =
          ingest.accept(signal, Protocol.GRPC, Encoding.PROTOBUF, request.bytes());
      answerWhenDue(answer, accepted);
    } catch (Refused refused) {
      if (refused.why() != Cause.TOO_LARGE) { // which the tracer counts
        counters.refused(signal.label(), Protocol.GRPC, refused.why());
      }
      answer.onError(StatusProto.toStatusRuntimeException(refused.toStatus()));
    }
  }
}
