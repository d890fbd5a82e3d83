package dev.assay.store.embedded;

import dev.assay.store.Store;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Observation;
import dev.assay.store.journal.Held;
import dev.assay.store.journal.Journal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of a commit: into the journal, which makes it durable, and from there to the writer,
 * which makes facts of it, in larger steps. How far the one may be ahead of the other is bounded.
 */
final class Commits implements AutoCloseable {
  /** How many observations may be durable and not yet facts; more wait, then are refused. */
  static final int LIMIT_WAITING = 100_000;

  /** The same of the bytes of their entries. */
  static final long LIMIT_WAITING_BYTES = 64L << 20;

  private static final long RETRY_BUSY_MILLIS = 1_000;

  /** How long a question waits for what was acknowledged before it. */
  private static final long LIMIT_SETTLE_MILLIS = 10_000;

  private final Journal journal;
  private final Writer writer;
  private final Room room;
  private final CountDownLatch replayed = new CountDownLatch(1);
  private final Thread replaying;

  Commits(Journal journal, Writer writer, Room room) {
    this.journal = journal;
    this.writer = writer;
    this.room = room;
    this.replaying = new Thread(this::replay, "assay-journal-replay");
    replaying.setDaemon(true);
    if (journal.left() > 0) {
      replaying.start();
    } else {
      replayed.countDown();
    }
  }

  /** Makes observations durable; facts of them follow. */
  void commit(Collection<? extends Observation> observations, long waitMillis)
      throws StoreUnavailableException {
    if (observations.isEmpty()) {
      return;
    }
    int size = observations.size();
    byte[] entry = Journal.entry(observations);
    enter(size, entry.length, waitMillis);
    boolean durable = false;
    try {
      journal.append(
          entry,
          held ->
              writer.apply(journaled(size, () -> Journal.observations(entry), entry.length, held)));
      durable = true;
    } finally {
      if (!durable) {
        room.leave(size, entry.length);
      }
    }
  }

  private void enter(int observations, long bytes, long waitMillis)
      throws StoreUnavailableException {
    try {
      boolean in = room.enter(observations, bytes, 0);
      if (!in || room.filling()) {
        writer.hurry(); // it lets more come together, and there is enough
      }
      if (in || room.enter(observations, bytes, writer.failure() == null ? waitMillis : 0)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw full();
  }

  /** {@link dev.assay.store.Store#backpressure}. */
  Duration backpressure() {
    return room.backpressure(Store.PATIENCE);
  }

  /** Refuses beforehand what would find no room. */
  void expectRoom() throws StoreUnavailableException {
    if (room.full()) {
      throw full();
    }
  }

  private StoreUnavailableException full() {
    String failure = writer.failure();
    return new StoreUnavailableException(
        "the store is busy: "
            + room.observations()
            + " observations wait to become facts"
            + (failure == null ? "" : "; " + failure),
        failure == null ? RETRY_BUSY_MILLIS : Journal.RETRY_MILLIS,
        null);
  }

  private Journaled journaled(
      int size, Supplier<List<Observation>> observations, long bytes, Held held) {
    return new Journaled(
        size,
        observations,
        applied -> {
          if (applied) {
            held.applied();
          } else {
            held.refused();
          }
          room.leave(size, bytes);
        });
  }

  private void replay() {
    try {
      journal.replay(
          (observations, bytes, held) -> {
            room.enter(observations.size(), bytes, Long.MAX_VALUE / 1_000_000);
            writer.apply(journaled(observations.size(), () -> observations, bytes, held));
          });
      replayed.countDown();
    } catch (InterruptedException e) {
      // It is being closed; the rest stays for the next start.
    }
  }

  /**
   * Waits until what was acknowledged before is among the facts; not for ever, and not while
   * nothing can be written.
   *
   * @return whether it is
   */
  boolean settle() {
    try {
      return replayed.await(LIMIT_SETTLE_MILLIS, TimeUnit.MILLISECONDS)
          && writer.settle(LIMIT_SETTLE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** How many observations are durable and not yet facts. */
  int waiting() {
    return room.observations();
  }

  /** How many files of the journal are kept aside. */
  int aside() {
    return journal.aside();
  }

  /** Why nothing can be made durable, or nothing can be made a fact; null where all is well. */
  @Nullable String failure() {
    String failure = journal.failure();
    return failure == null ? writer.failure() : failure;
  }

  /** Makes facts of what waits, and takes nothing more. */
  @Override
  public void close() {
    replaying.interrupt();
    journal.close();
    writer.close();
  }
}
