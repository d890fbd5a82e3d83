package dev.assay.store;

import dev.assay.store.fact.Observation;
import java.nio.file.Path;
import java.time.Duration;
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
   * How long a commit waits for room where nothing else is said. With more, while the writer cannot
   * keep up, each would wait as long, the accepted ones too.
   */
  Duration PATIENCE = Duration.ofMillis(100);

  /**
   * Keeps the observations, durably, all or none, and joins them into facts soon. Concurrent calls
   * share one sync of the disk. A question that is asked after this has returned waits until the
   * facts are there; for ten seconds at most, and not while nothing can be written: its answer
   * lacks them then, and {@link #health} says so.
   *
   * @throws StoreUnavailableException where a later try may succeed. Nothing was kept, or, after a
   *     failed sync, may be kept all the same; sent again, it counts once
   */
  default void commit(Collection<? extends Observation> observations)
      throws StoreUnavailableException {
    commit(observations, PATIENCE);
  }

  /**
   * As {@link #commit(Collection)}, for one who brings much and need not answer anybody soon.
   *
   * @param patience how long it may wait for room while facts are made more slowly than this comes
   */
  void commit(Collection<? extends Observation> observations, Duration patience)
      throws StoreUnavailableException;

  /**
   * Says beforehand, as cheaply as can be, that {@link #commit} would hardly find room.
   *
   * @throws StoreUnavailableException where nearly as much as may be waits to become facts
   */
  void expectRoom() throws StoreUnavailableException;

  /**
   * How long after it was asked for a {@link #commit} is best answered: later than it could be
   * where what waits to become facts grows, so that who sends the next only when the last was
   * answered goes no faster than facts are made, and is refused more rarely.
   *
   * @return zero while half of the room is left, at most {@link #PATIENCE}
   */
  Duration backpressure();

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
}
