package dev.assay.store;

import dev.assay.store.fact.Observation;
import java.nio.file.Path;
import java.util.Collection;

/**
 * Everything that Assay keeps. All methods may be called from any thread.
 *
 * <p>What {@link #commit} has returned for survives kill -9 and, with fsync on, loss of power. A
 * store that can no longer promise that (a full disk, a failed fsync) throws {@link
 * StoreUnavailableException} from every commit until it can.
 */
public interface Store extends AutoCloseable {

  /**
   * Joins the observations into facts, durably, all or none. Concurrent calls are grouped into one
   * transaction.
   *
   * @throws StoreUnavailableException where nothing was kept and a later try may succeed
   */
  Committed commit(Collection<? extends Observation> observations) throws StoreUnavailableException;

  /** Edits as attribution asks for them. */
  Edits edits();

  /** Merged changes and the verdicts on them. */
  Changes changes();

  /** The figures. */
  Reports reports();

  /** How it stands: sizes, fill of the line index, last failure. */
  StoreHealth health();

  /**
   * Copies everything that is kept into a new directory; commits and questions go on meanwhile.
   * What {@link #commit} had returned for before is in it, and all of it is of one moment.
   *
   * @param to a directory that is empty or not there; after a failure it is as it was
   * @throws StoreUnavailableException with cause and mend, where it cannot be written whole
   */
  Backup backup(Path to) throws StoreUnavailableException;

  /** Commits what is under way, marks the line index clean, and releases the data directory. */
  @Override
  void close();

  /**
   * What a commit did.
   *
   * @param observations how many were given
   * @param changed how many facts are new or different now; 0 where everything was known already
   */
  record Committed(int observations, int changed) {}
}
