package dev.assay.agent;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;

/** An OTLP/gRPC server on a free port, which refuses as often as it is told. */
public final class TestReceiver extends LogsServiceGrpc.LogsServiceImplBase
    implements AutoCloseable {
  final Sent sent = new Sent();
  private final Deque<Status> refusals = new ArrayDeque<>();
  private final Server server;
  private int calls;

  TestReceiver() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(this)
            .build()
            .start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getPort();
  }

  synchronized void refuse(Status status) {
    refusals.add(status);
  }

  @Override
  public synchronized void export(
      ExportLogsServiceRequest request, StreamObserver<ExportLogsServiceResponse> answer) {
    calls++;
    notifyAll();
    Status refusal = refusals.poll();
    if (refusal != null) {
      answer.onError(refusal.asRuntimeException());
      return;
    }
    sent.accept(request);
    answer.onNext(ExportLogsServiceResponse.getDefaultInstance());
    answer.onCompleted();
  }

  /** Waits until so many records have arrived. */
  synchronized void awaitRecords(int count) throws InterruptedException {
    while (sent.records().size() < count) {
      wait();
    }
  }

  /** Waits until it was called so often. */
  synchronized void awaitCalls(int count) throws InterruptedException {
    while (calls < count) {
      wait();
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
