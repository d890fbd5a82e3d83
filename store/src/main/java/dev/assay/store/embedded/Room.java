package dev.assay.store.embedded;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds what is durable and not yet among the facts. Something larger than all of it gets in where
 * nothing else is.
 */
final class Room {
  private static final double HALF = 0.5;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private final int limit;
  private final long limitBytes;
  private int observations;
  private long bytes;

  /**
   * @param limit observations
   * @param limitBytes of their entries
   */
  Room(int limit, long limitBytes) {
    this.limit = limit;
    this.limitBytes = limitBytes;
  }

  /** Takes room, where there is some within this time; false where there is not. */
  boolean enter(int more, long moreBytes, long waitMillis) throws InterruptedException {
    long nanos = TimeUnit.MILLISECONDS.toNanos(waitMillis);
    lock.lockInterruptibly();
    try {
      while (observations > 0 && (observations + more > limit || bytes + moreBytes > limitBytes)) {
        if (nanos <= 0) {
          return false;
        }
        nanos = left.awaitNanos(nanos);
      }
      observations += more;
      bytes += moreBytes;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * By how much who comes is best slowed down: not at all where half of it is left, and the more
   * the fuller it is.
   *
   * @param most where all of it is taken
   */
  Duration backpressure(Duration most) {
    lock.lock();
    try {
      double taken = Math.max((double) observations / limit, (double) bytes / limitBytes);
      double part = Math.max(0, Math.min(1, (taken - HALF) / HALF));
      return Duration.ofNanos(Math.round(most.toNanos() * part));
    } finally {
      lock.unlock();
    }
  }

  /** Whether hardly anything would get in: no more than a hundredth of it is left. */
  boolean full() {
    lock.lock();
    try {
      return observations >= limit - limit / 100 || bytes >= limitBytes - limitBytes / 100;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a quarter of it is taken. */
  boolean filling() {
    lock.lock();
    try {
      return observations >= limit / 4 || bytes >= limitBytes / 4;
    } finally {
      lock.unlock();
    }
  }

  void leave(int less, long lessBytes) {
    lock.lock();
    try {
      observations -= less;
      bytes -= lessBytes;
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many observations are in. */
  int observations() {
    lock.lock();
    try {
      return observations;
    } finally {
      lock.unlock();
    }
  }
}
