package dev.assay.receiver.otlp;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the bytes of all requests that are being read, decoded and committed. Who finds it full
 * waits a little, and is then sent away with the advice to come back.
 */
final class Gate {
  static final long WAIT_MILLIS = 100;

  private final Semaphore bytes;
  private final long waitMillis;

  Gate(int limitBytes, long waitMillis) {
    this.bytes = new Semaphore(limitBytes, true);
    this.waitMillis = waitMillis;
  }

  /** A place for one request; it holds nothing yet. */
  Place enter() {
    return new Place();
  }

  /** What one request holds. Not for several threads. */
  final class Place implements AutoCloseable {
    private int held;

    private Place() {}

    /** Takes room for so many bytes more. */
    void grow(int more) throws Refused {
      try {
        if (!bytes.tryAcquire(more, waitMillis, TimeUnit.MILLISECONDS)) {
          throw new Refused(Cause.BUSY, "the receiver is at its limit of pending bytes");
        }
        held += more;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Refused(Cause.STOPPING, "the receiver is ending");
      }
    }

    @Override
    public void close() {
      bytes.release(held);
      held = 0;
    }
  }
}
