package dev.assay.bench.ingest;

import com.sun.management.OperatingSystemMXBean;
import dev.assay.receiver.interpret.Interpreter;
import dev.assay.receiver.otlp.OtlpOptions;
import dev.assay.receiver.otlp.OtlpReceiver;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how many records a second are committed and acknowledged over OTLP/gRPC. */
@Command(name = "assay-ingest", mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
  @Option(
      names = "--endpoint",
      description = "HOST:PORT of a running server; without it, one is run in this process")
  private @Nullable String endpoint;

  @Option(names = "--data", description = "data directory of the server run in this process")
  private Path data = Path.of("target", "ingest-data");

  @Option(names = "--senders", description = "that send at one time (default ${DEFAULT-VALUE})")
  private int senders = 8;

  @Option(names = "--records", description = "in one request (default ${DEFAULT-VALUE})")
  private int records = 512;

  @Option(names = "--requests", description = "of each sender (default ${DEFAULT-VALUE})")
  private int requests = 100;

  @Option(names = "--no-fsync", description = "do not wait for the disk")
  private boolean noFsync;

  @Option(names = "--no-store", description = "interpret, and commit to nothing: the ceiling")
  private boolean noStore;

  /** Runs it. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (endpoint != null) {
      run(endpoint);
      return 0;
    }
    try (Store store =
        noStore
            ? new NoStore()
            : Stores.open(StoreOptions.in(data.toAbsolutePath()).withFsync(!noFsync))) {
      OtlpReceiver receiver =
          new OtlpReceiver(
              OtlpOptions.loopback(0, 0),
              new Interpreter(),
              store,
              OpenTelemetry.noop().getMeter("bench"),
              InstantSource.system());
      receiver.start();
      run("127.0.0.1:" + receiver.grpcPort());
      receiver.shutdown(Duration.ofSeconds(10));
    }
    return 0;
  }

  private void run(String target) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(senders);
    List<Future<long[]>> runs = new ArrayList<>();
    List<List<byte[]>> loads = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      Load load = new Load(System.nanoTime() + i);
      List<byte[]> messages = new ArrayList<>();
      for (int j = 0; j < requests; j++) {
        messages.add(load.request(records).toByteArray());
      }
      loads.add(messages);
    }
    double cpu = cpuSeconds();
    long begun = System.nanoTime();
    for (List<byte[]> messages : loads) {
      runs.add(threads.submit(() -> send(target, messages)));
    }
    long[] nanos = new long[0];
    for (Future<long[]> run : runs) {
      long[] more = run.get();
      nanos = java.util.Arrays.copyOf(nanos, nanos.length + more.length);
      System.arraycopy(more, 0, nanos, nanos.length - more.length, more.length);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    double spent = cpuSeconds() - cpu;
    threads.shutdown();
    java.util.Arrays.sort(nanos);
    System.out.printf(
        "%d senders, %d records a request: %,d records in %.1f s, %,.0f records/s;"
            + " a request takes %.1f ms (median), %.1f ms (99 of 100);"
            + " %.1f s of processor time in this process, %.0f us a record%n",
        senders,
        records,
        (long) senders * requests * records,
        seconds,
        senders * (double) requests * records / seconds,
        nanos[nanos.length / 2] / 1e6,
        nanos[(int) (nanos.length * 0.99)] / 1e6,
        spent,
        spent * 1e6 / ((double) senders * requests * records));
  }

  /**
   * Of all threads of this process: it means something on a busy machine, where wall time does not.
   */
  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  private long[] send(String target, List<byte[]> messages) throws Exception {
    ManagedChannel channel = NettyChannelBuilder.forTarget(target).usePlaintext().build();
    try {
      long[] nanos = new long[messages.size()];
      for (int i = 0; i < nanos.length; i++) {
        long begun = System.nanoTime();
        byte[] answer =
            ClientCalls.blockingUnaryCall(
                channel,
                LogsServiceGrpc.getExportMethod().toBuilder(Bytes.MARSHALLER, Bytes.MARSHALLER)
                    .build(),
                CallOptions.DEFAULT,
                messages.get(i));
        if (ExportLogsServiceResponse.parseFrom(answer).getPartialSuccess().getRejectedLogRecords()
            > 0) {
          throw new IllegalStateException("records were rejected");
        }
        nanos[i] = System.nanoTime() - begun;
      }
      return nanos;
    } finally {
      channel.shutdownNow();
    }
  }
}
