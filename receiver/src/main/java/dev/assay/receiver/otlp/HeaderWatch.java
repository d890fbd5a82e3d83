package dev.assay.receiver.otlp;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections whose request's head does not come to its end. Jetty's own limit is one of
 * silence, and who sends a byte now and then is never silent.
 */
final class HeaderWatch extends AbstractLifeCycle implements Connection.Listener {
  private final ServerConnector connector;
  private final long limitNanos;
  private final long tickMillis;
  private final Counters counters;
  private final Map<Connection, Head> heads = new ConcurrentHashMap<>();
  private Scheduler.@Nullable Task next;

  HeaderWatch(ServerConnector connector, int limitMillis, Counters counters) {
    this.connector = connector;
    this.limitNanos = TimeUnit.MILLISECONDS.toNanos(limitMillis);
    this.tickMillis = Math.max(1, limitMillis / 4);
    this.counters = counters;
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof Connection.UpgradeFrom) { // not TLS beneath
      heads.put(connection, new Head());
    }
  }

  @Override
  public void onClosed(Connection connection) {
    heads.remove(connection);
  }

  @Override
  protected void doStart() {
    schedule();
  }

  @Override
  protected void doStop() {
    Scheduler.Task task = next;
    if (task != null) {
      task.cancel();
    }
  }

  private void schedule() {
    next = connector.getScheduler().schedule(this::look, tickMillis, TimeUnit.MILLISECONDS);
  }

  private void look() {
    long now = System.nanoTime();
    heads.forEach(
        (connection, head) -> {
          if (head.isLate(connection, now, limitNanos)) {
            counters.refused("other", Protocol.HTTP, Cause.SLOW_HEAD);
            connection.getEndPoint().close();
          }
        });
    if (isRunning()) {
      schedule();
    }
  }

  /** What was seen of a connection. */
  private static final class Head {
    private long messages;
    private long quietBytes;
    private long begunNanos;
    private boolean begun;

    /** Whether a head that is not whole yet began too long ago. */
    boolean isLate(Connection connection, long now, long limitNanos) {
      long bytes = connection.getBytesIn();
      long in = connection.getMessagesIn();
      boolean underWay = in > connection.getMessagesOut();
      if (underWay || in != messages || bytes == quietBytes) {
        messages = in;
        quietBytes = bytes;
        begun = false;
        return false;
      }
      if (!begun) {
        begun = true;
        begunNanos = now;
      }
      return now - begunNanos > limitNanos;
    }
  }
}
