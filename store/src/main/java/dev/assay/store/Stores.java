package dev.assay.store;

import dev.assay.store.embedded.EmbeddedStore;
import dev.assay.store.embedded.Restore;
import java.nio.file.Path;

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

  /**
   * Makes a data directory of a backup. Every file is compared with the backup's manifest while it
   * is copied, and the database is opened once, before the directory has anything.
   *
   * @param data a directory that is empty or not there; after a failure it is as it was
   * @throws StoreUnavailableException with cause and mend, where the backup is damaged or was made
   *     by a newer version, or the directory is not empty or cannot be written
   */
  public static Backup restore(Path backup, Path data) throws StoreUnavailableException {
    return Restore.restore(backup, data);
  }
}
