package dev.assay.bench.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A receiver in a process of its own. */
public final class Subject implements AutoCloseable {
  private static final int TRIES = 300;

  /** The Collector does not heed the end of its input. */
  private static final long ENDS_BY_ITSELF_SECONDS = 10;

  private final Process process;
  private final int port;
  private final List<Subject> helpers = new ArrayList<>();

  private Subject(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Ourselves, with {@code serve} and these options. */
  public static Subject java(List<String> options) throws IOException {
    Process process = JavaProcess.start("serve", options);
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    return new Subject(process, Integer.parseInt(out.readLine()));
  }

  /** A Collector whose queue lies in this folder, synced to disk; a counting server takes all. */
  static Subject collector(Path program, Path folder) throws Exception {
    Files.createDirectories(folder);
    Subject sink = java(List.of("--count"));
    int port = freePort();
    Path config = folder.resolve("collector.yaml");
    Files.writeString(config, CollectorConfig.of(port, sink.port, folder));
    Process process =
        new ProcessBuilder(program.toString(), "--config", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("collector.log").toFile())
            .start();
    Subject collector = new Subject(process, port);
    collector.helpers.add(sink);
    for (int i = 0; !listens(port); i++) {
      if (i == TRIES || !process.isAlive()) {
        collector.close();
        throw new IOException("the Collector does not listen; its log: " + folder);
      }
      Thread.sleep(100);
    }
    return collector;
  }

  /** Below the ports that systems give to connections, one of which would take it. */
  private static int freePort() throws IOException {
    IOException taken = new IOException("no port is free");
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (IOException e) {
        taken = e;
      }
    }
    throw taken;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** {@code HOST:PORT}. */
  public String endpoint() {
    return "127.0.0.1:" + port;
  }

  /** Of its process. */
  public long pid() {
    return process.pid();
  }

  /** Ends it, and waits until it has. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(ENDS_BY_ITSELF_SECONDS, TimeUnit.SECONDS)) {
        process.destroy();
      }
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    for (Subject helper : helpers) {
      helper.close();
    }
  }

  /** Deletes a folder and all that is in it. */
  public static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
