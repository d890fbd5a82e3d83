package dev.assay.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import dev.assay.store.report.Filter;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that takes long to be sure: strace holds each fsync of the server's process up. What is
 * acknowledged meanwhile is there after the process has been killed.
 */
@EnabledIf("disksCanBeSlowedDown")
@Timeout(
    value = 5,
    unit = TimeUnit.MINUTES,
    threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a hang, not a measurement
class SlowDiskTest {
  private static final List<String> SLOW =
      List.of(
          "strace",
          "-f",
          "--seccomp-bpf",
          "-qq",
          "-o",
          "/dev/null",
          "-e",
          "trace=fsync,fdatasync",
          "-e",
          "inject=fsync,fdatasync:delay_enter=100000"); // microseconds

  private static final int SENDERS = 8;
  private static final int EACH = 6;

  @TempDir Path folder;

  static boolean disksCanBeSlowedDown() throws InterruptedException {
    List<String> command = new ArrayList<>(SLOW);
    command.add("true");
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  @Test
  void acknowledged_isThere_afterAKill() throws Exception {
    Path data = folder.resolve("data");
    List<String> command = new ArrayList<>(SLOW);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            SlowDiskServer.class.getName(),
            data.toString()));
    Process tracer =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    AtomicInteger acknowledged = new AtomicInteger();
    try (BufferedReader said = tracer.inputReader(StandardCharsets.UTF_8)) {
      long pid = Long.parseLong(said.readLine());
      int port = Integer.parseInt(said.readLine());
      send(port, acknowledged);
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      assertThat(tracer.waitFor()).isNotZero();
    } finally {
      tracer.descendants().forEach(ProcessHandle::destroyForcibly); // strace would only let go
      tracer.destroyForcibly();
    }
    assertThat(acknowledged.get()).isEqualTo(SENDERS * EACH);
    try (Store store = Stores.open(StoreOptions.in(data))) {
      assertThat(store.reports().summary(Filter.ALL).accepted()).isEqualTo(SENDERS * EACH);
    }
  }

  private static void send(int port, AtomicInteger acknowledged) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
    try {
      List<Future<?>> sending = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        int sender = i;
        sending.add(
            threads.submit(
                () -> {
                  for (int each = 0; each < EACH; each++) {
                    ExportLogsServiceRequest request =
                        ExportLogsServiceRequest.parseFrom(
                            OverloadTest.decision("toolu_" + sender + "_" + each));
                    while (!sent(channel, request)) {
                      Thread.sleep(50); // it was told to come back
                    }
                    acknowledged.incrementAndGet();
                  }
                  return null;
                }));
      }
      for (Future<?> each : sending) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
      channel.shutdownNow();
    }
  }

  private static boolean sent(ManagedChannel channel, ExportLogsServiceRequest request) {
    try {
      ClientCalls.blockingUnaryCall(
          channel, LogsServiceGrpc.getExportMethod(), io.grpc.CallOptions.DEFAULT, request);
      return true;
    } catch (StatusRuntimeException refused) {
      assertThat(refused.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNAVAILABLE);
      return false;
    }
  }
}
