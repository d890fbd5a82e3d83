package dev.assay.receiver.otlp;

import java.util.concurrent.TimeUnit;

/**
 * How long a request may have waited for a thread of an endpoint. A burst may queue for as long as
 * its senders have patience; a queue that stands is only latency for everyone, and is cut short.
 * Whether it stands is seen from the shortest wait of an interval, as in controlled delay (RFC
 * 8289, section 3), without its law of dropping: who is refused here is told when to come back.
 */
final class Patience {
  /** A wait that is no sign of a queue. */
  static final long TARGET_MILLIS = 50;

  /** So long nobody must have waited less than {@link #TARGET_MILLIS}: then the queue stands. */
  static final long INTERVAL_MILLIS = 500;

  /** Fewer requests in an interval are no queue. */
  static final int LEAST_SEEN = 10;

  /** The longest wait. */
  static final long LIMIT_MILLIS = 1000;

  /** The same while the queue stands. */
  static final long LIMIT_STANDING_MILLIS = 100;

  private long intervalNanos;
  private long leastNanos;
  private int seen;
  private boolean standing;

  /**
   * Lets nobody be served who waited too long, so that the others keep their latency.
   *
   * @param sinceNanos when the wait began
   */
  void expectPrompt(long sinceNanos) throws Refused {
    long now = System.nanoTime();
    if (exceeded(now - sinceNanos, now)) {
      throw new Refused(Cause.BUSY, "the receiver is behind with its requests");
    }
  }

  /**
   * Whether a request waited too long.
   *
   * @param waitedNanos for a thread
   * @param nowNanos of a clock that only goes on
   */
  synchronized boolean exceeded(long waitedNanos, long nowNanos) {
    long ofInterval = nowNanos - intervalNanos;
    if (seen == 0 || ofInterval >= TimeUnit.MILLISECONDS.toNanos(INTERVAL_MILLIS)) {
      standing =
          seen >= LEAST_SEEN
              && leastNanos > TimeUnit.MILLISECONDS.toNanos(TARGET_MILLIS)
              && ofInterval < TimeUnit.MILLISECONDS.toNanos(2 * INTERVAL_MILLIS);
      intervalNanos = nowNanos;
      leastNanos = waitedNanos;
      seen = 1;
    } else {
      leastNanos = Math.min(leastNanos, waitedNanos);
      seen++;
    }
    long limit = standing ? LIMIT_STANDING_MILLIS : LIMIT_MILLIS;
    return waitedNanos > TimeUnit.MILLISECONDS.toNanos(limit);
  }
}
