package dev.assay.bench.ingest;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** Senders with a connection each, which wait for each acknowledgement. */
final class Senders implements AutoCloseable {
  /** Requests that each sender makes beforehand. */
  private static final int MADE = 16;

  /** As long as a server that is busy asks for. */
  private static final long RETRY_MILLIS = 1_000;

  /** How often it is looked whether the server has done what a phase left it to do. */
  private static final long LOOK_MILLIS = 500;

  /** Of two looks; less is what an idle server takes. */
  private static final double IDLE_CPU_SECONDS = 0.02;

  private static final int LIMIT_LOOKS = 240;

  private final ProcessHandle server;
  private final ExecutorService threads;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<Load> loads = new ArrayList<>();

  Senders(String endpoint, long pid, int senders, int records) {
    server = ProcessHandle.of(pid).orElseThrow();
    threads = Executors.newFixedThreadPool(senders);
    for (int i = 0; i < senders; i++) {
      channels.add(NettyChannelBuilder.forTarget(endpoint).usePlaintext().build());
      // Another run against the same store must not repeat the keys of this one.
      loads.add(new Load((System.currentTimeMillis() / 100 & 0xFFFF) << 8 | i, records, MADE));
    }
  }

  /**
   * Sends for so many seconds.
   *
   * @param requestsPerSecond of all senders together, due at even intervals; 0 for as many as are
   *     acknowledged
   */
  Phase send(int seconds, double requestsPerSecond) throws Exception {
    double cpu = cpuSeconds();
    long begun = System.nanoTime();
    long end = begun + seconds * 1_000_000_000L;
    List<Future<long[]>> runs = new ArrayList<>();
    for (int i = 0; i < loads.size(); i++) {
      long every = requestsPerSecond == 0 ? 0 : (long) (loads.size() * 1e9 / requestsPerSecond);
      long first = begun + every * i / loads.size();
      ManagedChannel channel = channels.get(i);
      Load load = loads.get(i);
      runs.add(threads.submit(() -> send(channel, load, first, every, end)));
    }
    LongStream all = LongStream.empty();
    for (Future<long[]> run : runs) {
      all = LongStream.concat(all, LongStream.of(run.get()));
    }
    double took = (System.nanoTime() - begun) / 1e9;
    double settled = settle();
    return new Phase(all.sorted().toArray(), took, settled, cpuSeconds() - cpu);
  }

  /**
   * Waits until the server has nothing to do any more; the seconds that it took.
   *
   * @throws IllegalStateException where it is still busy at the end: what it does then would be
   *     missing from this phase's figures, and spoil the next one's
   */
  private double settle() throws InterruptedException {
    long begun = System.nanoTime();
    double before = cpuSeconds();
    for (int look = 0; look < LIMIT_LOOKS; look++) {
      Thread.sleep(LOOK_MILLIS);
      double now = cpuSeconds();
      if (now - before < IDLE_CPU_SECONDS) {
        return (System.nanoTime() - begun) / 1e9;
      }
      before = now;
    }
    throw new IllegalStateException(
        "the server was still busy %d s after the last request"
            .formatted(LIMIT_LOOKS * LOOK_MILLIS / 1_000));
  }

  private static long[] send(ManagedChannel channel, Load load, long first, long every, long end)
      throws Exception {
    LongStream.Builder nanos = LongStream.builder();
    long due = first;
    while (due < end) {
      while (due > System.nanoTime()) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      byte[] answer = export(channel, load.next());
      if (ExportLogsServiceResponse.parseFrom(answer).getPartialSuccess().getRejectedLogRecords()
          > 0) {
        throw new IllegalStateException("records were rejected");
      }
      long now = System.nanoTime();
      nanos.add(now - due);
      due = every == 0 ? now : due + every;
    }
    return nanos.build().toArray();
  }

  /** Sends until it is acknowledged, as an exporter does. */
  private static byte[] export(ManagedChannel channel, byte[] message) throws Exception {
    while (true) {
      try {
        return ClientCalls.blockingUnaryCall(
            channel,
            LogsServiceGrpc.getExportMethod().toBuilder(Bytes.MARSHALLER, Bytes.MARSHALLER).build(),
            CallOptions.DEFAULT,
            message);
      } catch (StatusRuntimeException e) {
        Status.Code code = e.getStatus().getCode();
        if (code != Status.Code.UNAVAILABLE && code != Status.Code.RESOURCE_EXHAUSTED) {
          throw e;
        }
        Thread.sleep(RETRY_MILLIS);
      }
    }
  }

  private double cpuSeconds() {
    return server.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  @Override
  public void close() {
    threads.shutdown();
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
