package dev.assay.bench.overload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of a process, looked at twice a second: what is its own, not the page cache's. */
final class Memory implements AutoCloseable {
  private static final long EVERY_MILLIS = 500;

  private final Path status;
  private final Thread sampler;
  private volatile boolean ended;
  private long mostKib;

  Memory(long pid) {
    status = Path.of("/proc", Long.toString(pid), "status");
    sampler = new Thread(this::sample, "memory");
    sampler.setDaemon(true);
    sampler.start();
  }

  /** Anonymous pages, in KiB; 0 where the system does not tell. */
  long nowKib() throws IOException {
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("RssAnon:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }

  /** The most since this was asked last, in KiB. */
  synchronized long mostKib() throws IOException {
    long most = Math.max(mostKib, nowKib());
    mostKib = 0;
    return most;
  }

  /** What was before does not count. */
  synchronized void forget() {
    mostKib = 0;
  }

  private void sample() {
    while (!ended) {
      try {
        Thread.sleep(EVERY_MILLIS);
        long now = nowKib();
        synchronized (this) {
          mostKib = Math.max(mostKib, now);
        }
      } catch (IOException | InterruptedException e) {
        return; // the process has ended, or we do
      }
    }
  }

  @Override
  public void close() {
    ended = true;
    sampler.interrupt();
  }
}
