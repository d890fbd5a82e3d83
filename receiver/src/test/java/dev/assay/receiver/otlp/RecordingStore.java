package dev.assay.receiver.otlp;

import dev.assay.store.Backup;
import dev.assay.store.Changes;
import dev.assay.store.Edits;
import dev.assay.store.Reports;
import dev.assay.store.Store;
import dev.assay.store.StoreHealth;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Observation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A store that only remembers what was committed, and that can be told to refuse. */
final class RecordingStore implements Store {
  private final List<Observation> committed = new ArrayList<>();
  private @Nullable StoreUnavailableException unavailable;
  private @Nullable StoreUnavailableException full;
  private @Nullable RuntimeException broken;

  private volatile Duration backpressure = Duration.ZERO;
  private volatile CountDownLatch held = new CountDownLatch(0);
  private volatile CountDownLatch released = new CountDownLatch(0);

  synchronized List<Observation> committed() {
    return List.copyOf(committed);
  }

  synchronized void refuse(@Nullable StoreUnavailableException why) {
    unavailable = why;
  }

  /** Says beforehand that it would refuse. */
  synchronized void fill(@Nullable StoreUnavailableException why) {
    full = why;
  }

  synchronized void fail(@Nullable RuntimeException fault) {
    broken = fault;
  }

  /** Holds the commits to come until {@link #release}; the latch opens when so many are held. */
  synchronized CountDownLatch holdNextCommits(int commits) {
    held = new CountDownLatch(commits);
    released = new CountDownLatch(1);
    return held;
  }

  synchronized void release() {
    released.countDown();
  }

  @Override
  public void commit(Collection<? extends Observation> observations, Duration patience)
      throws StoreUnavailableException {
    held.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    remember(observations);
  }

  private synchronized void remember(Collection<? extends Observation> observations)
      throws StoreUnavailableException {
    if (unavailable != null) {
      throw unavailable;
    }
    if (broken != null) {
      throw broken;
    }
    committed.addAll(observations);
  }

  @Override
  public synchronized void expectRoom() throws StoreUnavailableException {
    if (full != null) {
      throw full;
    }
  }

  /** Has answers given so much later. */
  void press(Duration later) {
    backpressure = later;
  }

  @Override
  public Duration backpressure() {
    return backpressure;
  }

  @Override
  public Edits edits() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Changes changes() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Reports reports() {
    throw new UnsupportedOperationException();
  }

  @Override
  public StoreHealth health() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Backup backup(Path to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
