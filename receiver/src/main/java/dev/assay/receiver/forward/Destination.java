package dev.assay.receiver.forward;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One endpoint: its queue, and the threads that send from it. A pause that one of them meets is
 * kept by all, so that an endpoint that asks for peace gets it.
 */
final class Destination {
  private static final Logger log = LoggerFactory.getLogger(Destination.class);

  private final ForwardOptions options;
  private final Link link;
  private final Sieve sieve;
  private final ForwardCounters counters;
  private final ParcelQueue queue;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong pausedUntilNanos = new AtomicLong(System.nanoTime());
  private final AtomicBoolean failing = new AtomicBoolean();
  private final AtomicLong stopped = new AtomicLong();
  private volatile boolean stopping;

  Destination(ForwardOptions options, Link link, ForwardCounters counters) {
    this.options = options;
    this.link = link;
    this.counters = counters;
    sieve = new Sieve(options);
    queue = new ParcelQueue(options.queue());
    for (int i = 1; i <= options.queue().consumers(); i++) {
      Thread thread = new Thread(this::run, "forward-" + options.name() + "-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  /** Never waits, and never fails. */
  void give(Parcel parcel) {
    if (!options.signals().contains(parcel.signal())) {
      return;
    }
    if (stopping) {
      stopped(parcel);
      return;
    }
    for (Parcel dropped : queue.give(parcel)) {
      counters.dropped(dropped.signal(), Drop.QUEUE_FULL);
      complain("its queue is full");
    }
  }

  String name() {
    return options.name();
  }

  long queuedBytes() {
    return queue.usedBytes();
  }

  long limitBytes() {
    return options.queue().limitBytes();
  }

  /** Takes nothing more; what waits is still sent. */
  void close() {
    stopping = true;
    queue.close();
  }

  /** Waits until all is sent, or for so long; then drops the rest, and counts it. */
  void end(long deadlineNanos) throws InterruptedException {
    try {
      for (Thread thread : threads) {
        join(thread, deadlineNanos - System.nanoTime());
      }
    } finally {
      queue.clear().forEach(this::stopped);
      threads.forEach(Thread::interrupt);
      for (Thread thread : threads) {
        join(thread, TimeUnit.SECONDS.toNanos(1)); // to count what they had in hand
      }
      link.close();
      if (stopped.get() > 0) { // by now nobody asks for counters any more
        log.warn("exporters.{}: {} requests could not be passed on in time", name(), stopped);
      }
    }
  }

  private void stopped(Parcel parcel) {
    stopped.incrementAndGet();
    counters.dropped(parcel.signal(), Drop.STOPPED);
  }

  private static void join(Thread thread, long nanos) throws InterruptedException {
    if (nanos > 0) {
      TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
    }
  }

  private void run() {
    try {
      for (Parcel parcel = queue.take(); parcel != null; parcel = queue.take()) {
        try {
          pass(parcel);
        } catch (InterruptedException e) {
          stopped(parcel);
          throw e;
        } catch (InvalidProtocolBufferException | RuntimeException e) {
          counters.dropped(parcel.signal(), Drop.FAULT);
          complain("a fault of ours: " + e.getClass().getName());
          log.debug("exporters.{}", name(), e);
        } finally {
          queue.done(parcel);
        }
      }
    } catch (InterruptedException e) {
      // The end: what waits is counted there.
    }
  }

  private void pass(Parcel parcel) throws InvalidProtocolBufferException, InterruptedException {
    Sieve.Sieved sieved = sieve.pass(parcel);
    counters.withheld(parcel.signal(), sieved.withheld());
    if (sieved.records() == 0) {
      counters.empty(parcel.signal());
      return;
    }
    Backoff backoff = new Backoff(options.retry());
    long began = System.nanoTime();
    while (true) {
      keepPause();
      Answer answer = link.send(parcel.signal(), sieved.message());
      if (answer instanceof Answer.Taken taken) {
        counters.sent(parcel.signal(), sieved.records(), taken.rejected());
        if (failing.getAndSet(false)) {
          log.warn("exporters.{}: requests are passed on again", name());
        }
        return;
      }
      if (answer instanceof Answer.Never never) {
        counters.dropped(parcel.signal(), Drop.REFUSED);
        complain("a request was refused for good: " + never.why());
        return;
      }
      Answer.Later later = (Answer.Later) answer;
      OptionalLong pause =
          backoff.pause(
              Duration.ofNanos(System.nanoTime() - began).toMillis(),
              later.delayMillis(),
              ThreadLocalRandom.current().nextDouble());
      if (pause.isEmpty()) {
        counters.dropped(parcel.signal(), Drop.GIVEN_UP);
        complain("a request was given up: " + later.said());
        return;
      }
      counters.retried(parcel.signal(), later.why());
      complain("requests wait: " + later.said());
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause.getAsLong());
      pausedUntilNanos.accumulateAndGet(until, (a, b) -> b - a > 0 ? b : a);
    }
  }

  private void keepPause() throws InterruptedException {
    long left = pausedUntilNanos.get() - System.nanoTime();
    while (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
      left = pausedUntilNanos.get() - System.nanoTime();
    }
  }

  /** Once, until requests pass again; counters tell the rest. */
  private void complain(String what) {
    if (!failing.getAndSet(true)) {
      log.warn("exporters.{}: {}", name(), what);
    }
  }
}
