package dev.assay.receiver.otlp;

import dev.assay.receiver.interpret.Interpreter;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/** The process of {@link SlowDiskTest}: a receiver with fsync, until it is killed. */
final class SlowDiskServer {
  private SlowDiskServer() {}

  public static void main(String[] args) throws Exception {
    OtlpReceiver receiver =
        new OtlpReceiver(
            OtlpOptions.loopback(0, 0),
            new Interpreter(),
            Stores.open(StoreOptions.in(Path.of(args[0]))),
            OpenTelemetry.noop().getMeter("test"),
            InstantSource.system());
    receiver.start();
    System.out.println(ProcessHandle.current().pid());
    System.out.println(receiver.grpcPort());
    System.out.flush();
    new CountDownLatch(1).await();
  }
}
