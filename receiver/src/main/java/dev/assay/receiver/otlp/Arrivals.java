package dev.assay.receiver.otlp;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the requests that are not answered yet: how many, and how many bytes of them have come.
 * Nobody waits here: who finds it full is sent away at once, with the advice to come back.
 */
final class Arrivals {
  private final int limitRequests;
  private final long limitBytes;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  Arrivals(int limitRequests, long limitBytes) {
    this.limitRequests = limitRequests;
    this.limitBytes = limitBytes;
  }

  /** A request whose head has come. */
  Arrival enter() throws Refused {
    if (requests.incrementAndGet() > limitRequests) {
      requests.decrementAndGet();
      throw new Refused(Cause.BUSY, "the receiver is at its limit of requests at one time");
    }
    return new Arrival();
  }

  /** Of a request that was not let in: it holds nothing. */
  Arrival none() {
    Arrival nothing = new Arrival();
    nothing.closed = true;
    return nothing;
  }

  int requests() {
    return requests.get();
  }

  long bytes() {
    return bytes.get();
  }

  /** What one request has brought. */
  final class Arrival implements AutoCloseable {
    private long held;
    private boolean closed;

    private Arrival() {}

    /** So many bytes more have come. */
    synchronized void add(int more) throws Refused {
      if (closed) {
        return; // it was answered before it had come whole
      }
      if (bytes.addAndGet(more) > limitBytes) {
        bytes.addAndGet(-more);
        throw new Refused(Cause.BUSY, "the receiver is at its limit of arriving bytes");
      }
      held += more;
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        bytes.addAndGet(-held);
        requests.decrementAndGet();
      }
    }
  }
}
