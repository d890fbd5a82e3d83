package dev.assay.receiver.otlp;

import dev.assay.store.Store;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Observation;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The way into the store, and what waits in it. */
final class Commits {
  private final Store store;
  private final Counters counters;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong observations = new AtomicLong();

  Commits(Store store, Counters counters) {
    this.store = store;
    this.counters = counters;
  }

  /** Spares what the store would refuse its decoding. */
  void expectRoom() throws StoreUnavailableException {
    store.expectRoom();
  }

  /** Returns when they are kept. */
  void commit(List<Observation> some) throws StoreUnavailableException {
    if (some.isEmpty()) {
      return;
    }
    long began = System.nanoTime();
    requests.incrementAndGet();
    observations.addAndGet(some.size());
    try {
      store.commit(some);
      counters.committed(System.nanoTime() - began);
    } finally {
      observations.addAndGet(-some.size());
      requests.decrementAndGet();
    }
  }

  /** {@link Store#backpressure}. */
  long backpressureNanos() {
    return store.backpressure().toNanos();
  }

  /** How many wait. */
  int requests() {
    return requests.get();
  }

  /** How many are in them. */
  long observations() {
    return observations.get();
  }
}
