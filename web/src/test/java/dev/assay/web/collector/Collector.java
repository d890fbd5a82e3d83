package dev.assay.web.collector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The real OpenTelemetry Collector as a process, built once by its own builder. */
final class Collector implements AutoCloseable {
  private static final Path ROOT =
      Path.of(System.getProperty("assay.testdata")).toAbsolutePath().resolveSibling(".");
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path log;

  private Collector(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Skips the test, with a plain message, where it cannot be built. */
  static Path program() throws Exception {
    Process build =
        new ProcessBuilder(
                "sh",
                ROOT.resolve("bench/ingest/collector.sh").toString(),
                Path.of("target", "collector").toAbsolutePath().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String path = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    Assumptions.assumeTrue(
        build.waitFor() == 0,
        "Skipped: the OpenTelemetry Collector cannot be built; that needs go and the Go module"
            + " proxy.");
    return Path.of(path);
  }

  /**
   * A port that is free at this moment, below those that systems give to connections: the
   * Collector's own connection, or one that looks whether it listens yet, would take it.
   */
  static int freePort() throws IOException {
    IOException taken = new IOException("no port is free");
    for (int i = 0; i < 100; i++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        taken = e;
      }
    }
    throw taken;
  }

  /**
   * Starts it, and waits until it listens.
   *
   * @param port one of those of the configuration
   */
  static Collector start(Path program, Path folder, int port, String config) throws Exception {
    Path file = Files.writeString(folder.resolve("collector.yaml"), config);
    Path log = folder.resolve("collector.log");
    Process process =
        new ProcessBuilder(program.toString(), "--config", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Collector collector = new Collector(process, log);
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!listens(port)) {
      if (!process.isAlive() || System.nanoTime() > limit) {
        collector.close();
        throw new IOException("the Collector does not listen:\n" + collector.said());
      }
      Thread.sleep(50);
    }
    return collector;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  String said() throws IOException {
    return Files.readString(log);
  }

  /** In order: what it holds is written first. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("the Collector did not stop:\n" + said());
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
