package dev.assay.bench.overload;

import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.assay.bench.ingest.Bytes;
import dev.assay.bench.ingest.Load;
import dev.assay.bench.overload.Answered.Sent;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Exporters that do not wait for one another: requests leave when they are due, whether those
 * before are answered or not.
 */
final class Flood implements AutoCloseable {
  /** As exporters wait by default. */
  private static final long TIMEOUT_SECONDS = 10;

  /** Requests that each load makes beforehand. */
  private static final int MADE = 8;

  /** What one process can have under way without being the bottleneck itself. */
  private static final int LIMIT_UNDER_WAY = 20_000;

  private static final MethodDescriptor<byte[], byte[]> METHOD =
      LogsServiceGrpc.getExportMethod().toBuilder(Bytes.MARSHALLER, Bytes.MARSHALLER).build();

  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<Load> loads = new ArrayList<>();

  Flood(String endpoint, int connections, int records) {
    for (int i = 0; i < connections; i++) {
      channels.add(NettyChannelBuilder.forTarget(endpoint).usePlaintext().build());
      loads.add(new Load(i + 1, records, MADE));
    }
  }

  /** The request that was sent as this one. */
  byte[] again(Sent sent) {
    return loads.get(sent.load()).at(sent.number());
  }

  /**
   * Sends for so many seconds, and waits until all are answered.
   *
   * @param requestsPerSecond at even intervals; 0 for as many as are answered
   * @param atOneTime how many may be under way where {@code requestsPerSecond} is 0
   */
  Answered send(double seconds, double requestsPerSecond, int atOneTime) {
    Answered answered = new Answered();
    int most = requestsPerSecond == 0 ? atOneTime : LIMIT_UNDER_WAY;
    Semaphore underWay = new Semaphore(most);
    long begun = System.nanoTime();
    long end = begun + (long) (seconds * 1e9);
    long every = requestsPerSecond == 0 ? 0 : (long) (1e9 / requestsPerSecond);
    long due = begun;
    for (int turn = 0; due < end; turn++) {
      while (due > System.nanoTime()) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      underWay.acquireUninterruptibly();
      if (every == 0) {
        due = System.nanoTime();
      }
      int which = turn % loads.size();
      Load load = loads.get(which);
      Sent sent = new Sent(which, load.sent());
      start(which, load.next().clone(), sent, due, answered, underWay);
      due += every;
    }
    underWay.acquireUninterruptibly(most);
    return answered;
  }

  private void start(
      int which, byte[] message, Sent sent, long due, Answered answered, Semaphore underWay) {
    ClientCall<byte[], byte[]> call =
        channels
            .get(which)
            .newCall(
                METHOD, CallOptions.DEFAULT.withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS));
    call.start(
        new ClientCall.Listener<>() {
          private byte @Nullable [] answer;

          @Override
          public void onMessage(byte[] message) {
            answer = message;
          }

          @Override
          public void onClose(io.grpc.Status status, Metadata trailers) {
            try {
              if (status.isOk() && answer != null) {
                expectWhole(answer);
                answered.acknowledged(sent, System.nanoTime() - due);
              } else {
                refused(status, trailers, answered);
              }
            } finally {
              underWay.release();
            }
          }
        },
        new Metadata());
    call.request(1);
    call.sendMessage(message);
    call.halfClose();
  }

  private static void refused(io.grpc.Status status, Metadata trailers, Answered answered) {
    Status said = StatusProto.fromStatusAndTrailers(status, trailers);
    boolean ours = trailers.keys().contains("grpc-status-details-bin");
    if (ours || status.getCode() == io.grpc.Status.Code.RESOURCE_EXHAUSTED) {
      boolean told = said.getDetailsList().stream().anyMatch(any -> any.is(RetryInfo.class));
      answered.refused(String.valueOf(status.getDescription()), told);
    } else {
      answered.unknown();
    }
  }

  private static void expectWhole(byte[] answer) {
    try {
      if (ExportLogsServiceResponse.parseFrom(answer).hasPartialSuccess()) {
        throw new IllegalStateException("records were rejected");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
