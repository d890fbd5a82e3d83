package dev.assay.bench.ingest;

import dev.assay.receiver.interpret.Interpreter;
import dev.assay.receiver.otlp.OtlpOptions;
import dev.assay.receiver.otlp.OtlpReceiver;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A receiver in a process of its own, until its input ends. It prints its port. */
@Command(name = "serve", description = "runs one receiver, until its standard input ends")
final class ServeCommand implements Callable<Integer> {
  @Option(names = "--count", description = "decode and count only: the ceiling")
  private boolean count;

  @Option(names = "--data", description = "data directory of the store")
  private Path data = Path.of("target", "ingest-data");

  @Option(names = "--no-fsync", description = "do not wait for the disk")
  private boolean noFsync;

  @Override
  public Integer call() throws Exception {
    if (count) {
      System.out.println(new CountingServer().port());
      untilInputEnds();
      return 0;
    }
    StoreOptions options = StoreOptions.in(data.toAbsolutePath()).withFsync(!noFsync);
    try (Store store = Stores.open(options)) {
      OtlpReceiver receiver =
          new OtlpReceiver(
              OtlpOptions.loopback(0, 0),
              new Interpreter(),
              store,
              OpenTelemetry.noop().getMeter("bench"),
              InstantSource.system());
      receiver.start();
      System.out.println(receiver.grpcPort());
      untilInputEnds();
      receiver.shutdown(Duration.ofSeconds(10));
      System.out.println(store.health());
    }
    return 0;
  }

  private static void untilInputEnds() throws Exception {
    while (System.in.read() >= 0) {
      // Nothing is said to it.
    }
  }
}
