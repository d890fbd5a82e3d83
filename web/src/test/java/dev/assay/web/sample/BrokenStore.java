package dev.assay.web.sample;

import dev.assay.store.Backup;
import dev.assay.store.Changes;
import dev.assay.store.Edits;
import dev.assay.store.Reports;
import dev.assay.store.Store;
import dev.assay.store.StoreHealth;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Observation;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;

/** A store whose disk is full: nothing can be committed, and reading fails too. */
public final class BrokenStore implements Store {
  /** What its health says. */
  public static final String FAILURE = "no space left on the device";

  @Override
  public void commit(Collection<? extends Observation> observations, Duration patience)
      throws StoreUnavailableException {
    throw new StoreUnavailableException(FAILURE, 1_000, null);
  }

  @Override
  public void expectRoom() {}

  @Override
  public Duration backpressure() {
    return Duration.ZERO;
  }

  @Override
  public Edits edits() {
    throw new IllegalStateException(FAILURE);
  }

  @Override
  public Changes changes() {
    throw new IllegalStateException(FAILURE);
  }

  @Override
  public Reports reports() {
    return (Reports)
        Proxy.newProxyInstance(
            Reports.class.getClassLoader(),
            new Class<?>[] {Reports.class},
            (proxy, method, arguments) -> {
              throw new IllegalStateException(FAILURE);
            });
  }

  @Override
  public StoreHealth health() {
    return new StoreHealth(false, FAILURE, 0, 0, 0, false, 0, 0, 0, 0, 0, 0, false, 0, null);
  }

  @Override
  public Backup backup(Path to) {
    throw new IllegalStateException(FAILURE);
  }

  @Override
  public void close() {}
}
