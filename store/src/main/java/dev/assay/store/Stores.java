package dev.assay.store;

import dev.assay.store.embedded.EmbeddedStore;

/** Opens stores. */
public final class Stores {
  private Stores() {}

  /**
   * Opens the store in a data directory, or makes it. Ready when it returns: what has to be rebuilt
   * after a crash is rebuilt behind it.
   *
   * @throws StoreUnavailableException with cause and mend, where the directory is in use by another
   *     process, cannot be written, or was written by a newer version
   */
  public static Store open(StoreOptions options) throws StoreUnavailableException {
    return EmbeddedStore.open(options);
  }
}
