package dev.assay.receiver.forward;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one endpoint, bounded by bytes and by number. Giving never waits. What was taken
 * keeps its room until it is {@link #done}.
 */
final class ParcelQueue {
  private final ForwardOptions.Queue options;
  private final Deque<Parcel> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private long usedBytes;
  private int used;
  private boolean closed;

  ParcelQueue(ForwardOptions.Queue options) {
    this.options = options;
  }

  /** Puts a parcel behind the others; returns who had to go for it, perhaps itself. */
  synchronized List<Parcel> give(Parcel parcel) {
    if (!fits(parcel, usedBytes, used) && !(dropsOldest() && fitsWithoutOthers(parcel))) {
      return List.of(parcel);
    }
    List<Parcel> dropped = List.of();
    while (!fits(parcel, usedBytes, used)) {
      Parcel oldest = next();
      done(oldest);
      dropped = dropped.isEmpty() ? new ArrayList<>() : dropped;
      dropped.add(oldest);
    }
    usedBytes += parcel.bytes();
    used++;
    waitingBytes += parcel.bytes();
    waiting.add(parcel);
    notify();
    return dropped;
  }

  private boolean dropsOldest() {
    return options.overflow() == ForwardOptions.Overflow.DROP_OLDEST;
  }

  private boolean fits(Parcel parcel, long besideBytes, int beside) {
    return besideBytes + parcel.bytes() <= options.limitBytes() && beside < options.limitRequests();
  }

  /** Beside those that are being sent. */
  private boolean fitsWithoutOthers(Parcel parcel) {
    return fits(parcel, usedBytes - waitingBytes, used - waiting.size());
  }

  /** The next one, when there is one; null when the queue is closed and empty. */
  synchronized @Nullable Parcel take() throws InterruptedException {
    while (waiting.isEmpty()) {
      if (closed) {
        return null;
      }
      wait();
    }
    return next();
  }

  private Parcel next() {
    Parcel parcel = waiting.remove();
    waitingBytes -= parcel.bytes();
    return parcel;
  }

  /** Gives the room of a parcel that was taken back. */
  synchronized void done(Parcel parcel) {
    usedBytes -= parcel.bytes();
    used--;
  }

  /** Of what waits and what was taken and is not done. */
  synchronized long usedBytes() {
    return usedBytes;
  }

  /** Lets the takers go when nothing is left. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Takes all that is left. */
  synchronized List<Parcel> clear() {
    List<Parcel> left = new ArrayList<>();
    while (!waiting.isEmpty()) {
      left.add(next());
    }
    left.forEach(this::done);
    return left;
  }
}
