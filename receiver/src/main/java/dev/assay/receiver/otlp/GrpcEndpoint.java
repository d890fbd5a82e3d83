package dev.assay.receiver.otlp;

import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** OTLP over gRPC. */
final class GrpcEndpoint {
  /** Requests that wait for one commit together: each occupies a thread until it is durable. */
  private static final int THREADS = 32;

  private static final int LIMIT_CALLS_PER_CONNECTION = 100;
  private static final int LIMIT_METADATA_BYTES = 16 * 1024;
  private static final long KEEP_ALIVE_SECONDS = 10;

  private final OtlpOptions options;
  private final Ingest ingest;
  private final Gate gate;
  private final Counters counters;
  private final ExecutorService executor;
  private final Server server;

  GrpcEndpoint(OtlpOptions options, Ingest ingest, Gate gate, Counters counters) {
    this.options = options;
    this.ingest = ingest;
    this.gate = gate;
    this.counters = counters;
    AtomicInteger number = new AtomicInteger();
    executor =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "otlp-grpc-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(options.host(), options.grpcPort()))
            .executor(executor)
            .maxInboundMessageSize(options.limitMessageBytes())
            .maxInboundMetadataSize(LIMIT_METADATA_BYTES)
            .maxConcurrentCallsPerConnection(LIMIT_CALLS_PER_CONNECTION)
            .permitKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addStreamTracerFactory(new OversizeTracer());
    for (Signal signal : Signal.values()) {
      builder.addService(service(signal));
    }
    server = builder.build();
  }

  void start() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      executor.shutdown();
      throw e;
    }
  }

  int port() {
    return server.getPort();
  }

  /** Takes no new calls, and gives those under way the time to end. */
  void shutdown(long graceMillis) throws InterruptedException {
    server.shutdown();
    if (!server.awaitTermination(graceMillis, TimeUnit.MILLISECONDS)) {
      server.shutdownNow();
      server.awaitTermination(graceMillis, TimeUnit.MILLISECONDS);
    }
    executor.shutdownNow();
  }

  private ServerServiceDefinition service(Signal signal) {
    MethodDescriptor<Inbound, Message> method =
        signal.grpcMethod().toBuilder(
                new Inbound.Marshaller(options.limitMessageBytes(), gate),
                ProtoUtils.marshaller(signal.response(0, "")))
            .build();
    return ServerServiceDefinition.builder(signal.grpcService())
        .addMethod(
            method,
            Inbound.releasing(
                ServerCalls.asyncUnaryCall((request, answer) -> export(signal, request, answer))))
        .build();
  }

  private void export(Signal signal, Inbound request, StreamObserver<Message> answer) {
    try (request) {
      Message response = ingest.accept(signal, Protocol.GRPC, Encoding.PROTOBUF, request.bytes());
      answer.onNext(response);
      answer.onCompleted();
    } catch (Refused refused) {
      if (refused.why() != Cause.TOO_LARGE) { // which the tracer counts
        counters.refused(signal.label(), Protocol.GRPC, refused.why());
      }
      answer.onError(StatusProto.toStatusRuntimeException(refused.toStatus()));
    }
  }

  /**
   * Counts messages that are too large: the transport refuses most of them by itself, before our
   * code hears of it.
   */
  private final class OversizeTracer extends ServerStreamTracer.Factory {
    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
      return new ServerStreamTracer() {
        @Override
        public void streamClosed(Status status) {
          boolean byTransport = status.getCode() == Status.Code.RESOURCE_EXHAUSTED;
          if (byTransport) {
            counters.refused(signalOf(fullMethodName), Protocol.GRPC, Cause.TOO_LARGE);
          }
        }
      };
    }
  }

  private static String signalOf(String fullMethodName) {
    for (Signal signal : Signal.values()) {
      if (fullMethodName.startsWith(signal.grpcService() + "/")) {
        return signal.label();
      }
    }
    return "other";
  }
}
