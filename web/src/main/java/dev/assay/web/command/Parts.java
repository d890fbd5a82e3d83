package dev.assay.web.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What was started, in order: it is stopped in the opposite one, each part whatever the others do.
 */
final class Parts implements AutoCloseable {
  private final Deque<Part> started = new ArrayDeque<>();
  private final AtomicBoolean failed = new AtomicBoolean();
  private final Terminal terminal;

  Parts(Terminal terminal) {
    this.terminal = terminal;
  }

  <T extends AutoCloseable> T started(String name, T part) {
    started.push(new Part(name, part));
    return part;
  }

  /** Whether a part could not be stopped in order. */
  boolean failed() {
    return failed.get();
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      Part part = started.pop();
      try {
        part.closeable().close();
      } catch (Exception e) {
        failed.set(true);
        terminal.say("assay: stopping the " + part.name() + " failed: " + e.getMessage());
      }
    }
  }

  private record Part(String name, AutoCloseable closeable) {}
}
