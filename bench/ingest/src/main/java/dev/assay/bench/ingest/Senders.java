package dev.assay.bench.ingest;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
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

  /** After a phase, for what the server still has to do; its processor time counts. */
  private static final long SETTLE_MILLIS = 2_000;

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
    Thread.sleep(SETTLE_MILLIS);
    return new Phase(all.sorted().toArray(), took, cpuSeconds() - cpu);
  }

  private static long[] send(ManagedChannel channel, Load load, long first, long every, long end)
      throws Exception {
    LongStream.Builder nanos = LongStream.builder();
    long due = first;
    while (due < end) {
      while (due > System.nanoTime()) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      byte[] answer =
          ClientCalls.blockingUnaryCall(
              channel,
              LogsServiceGrpc.getExportMethod().toBuilder(Bytes.MARSHALLER, Bytes.MARSHALLER)
                  .build(),
              CallOptions.DEFAULT,
              load.next());
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

  private double cpuSeconds() {
    return server.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  @Override
  public void close() {
    threads.shutdown();
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
