package dev.assay.bench.ingest;

import dev.assay.store.Backup;
import dev.assay.store.Changes;
import dev.assay.store.Edits;
import dev.assay.store.Reports;
import dev.assay.store.Store;
import dev.assay.store.StoreHealth;
import dev.assay.store.fact.Observation;
import java.nio.file.Path;
import java.util.Collection;

/** Keeps nothing: what is measured with it is transport and interpretation alone. */
final class NoStore implements Store {
  @Override
  public Committed commit(Collection<? extends Observation> observations) {
    return new Committed(observations.size(), 0);
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
