package dev.assay.store.embedded;

import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.Stores;
import dev.assay.store.contract.AttributionsContract;

final class EmbeddedAttributionsContractTest extends AttributionsContract {
  @Override
  protected Store open(StoreOptions options) throws StoreUnavailableException {
    return Stores.open(options);
  }
}
