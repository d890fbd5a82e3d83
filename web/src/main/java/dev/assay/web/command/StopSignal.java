package dev.assay.web.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: the process lives on until everything is stopped in order, and then ends with
 * the signal's exit code.
 */
final class StopSignal implements AutoCloseable {
  /** A supervisor kills after 90 s by its own default; past this the process ends as it is. */
  private static final long STOP_LIMIT_SECONDS = 60;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread hook = new Thread(this::onShutdown, "assay-stop");

  StopSignal() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void onShutdown() {
    asked.countDown();
    try {
      stopped.await(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks for the end from inside. */
  void ask() {
    asked.countDown();
  }

  /** Whether the end was asked for within the given time. */
  boolean await(long millis) throws InterruptedException {
    return asked.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Everything is stopped. */
  @Override
  public void close() {
    stopped.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the hook is what runs: the process is ending
    }
  }
}
