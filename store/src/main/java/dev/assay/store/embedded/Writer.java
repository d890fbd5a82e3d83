package dev.assay.store.embedded;

import dev.assay.store.Store.Committed;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Observation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. What waits when it comes round goes into one transaction, so that
 * many small commits cost one sync of the disk. A caller is answered after COMMIT.
 */
final class Writer implements AutoCloseable {
  /** How many observations may wait; more are refused, to be sent again. */
  static final int LIMIT_WAITING = 100_000;

  /** How many observations one transaction takes; a single larger commit goes alone. */
  private static final int LIMIT_GROUP = 20_000;

  private static final long RETRY_BUSY_MILLIS = 1_000;
  private static final long RETRY_FAILED_MILLIS = 10_000;
  private static final long PROBE_AFTER_NANOS = RETRY_FAILED_MILLIS * 1_000_000;

  private final Database database;
  private final FactKinds kinds;
  private final Retention retention;
  private final EditVersions versions;
  private final Sums sums;
  private final Consumer<CommittedEdits> edited;
  private final LinkedBlockingQueue<Waiting<?>> queue = new LinkedBlockingQueue<>();
  private final AtomicLong waiting = new AtomicLong();
  private final Thread thread;
  private volatile @Nullable String failure;
  private volatile long failedAtNanos;
  private volatile boolean closed;

  /**
   * Whether the disk may have less than the database believes: a commit failed. Only the writer's
   * thread uses it.
   */
  private boolean inDoubt;

  private long version;

  /**
   * @param version of the last transaction that is stored
   * @param versions is told of each edit that was committed
   * @param sums are told of each commit that touched any of them
   * @param edited is told of each transaction that changed edits, after its commit
   */
  Writer(
      Database database,
      FactKinds kinds,
      long version,
      Retention retention,
      EditVersions versions,
      Sums sums,
      Consumer<CommittedEdits> edited) {
    this.sums = sums;
    this.versions = versions;
    this.database = database;
    this.kinds = kinds;
    this.version = version;
    this.retention = retention;
    this.edited = edited;
    this.thread = new Thread(this::run, "assay-store-writer");
    thread.setDaemon(true);
    thread.start();
  }

  /** Joins the observations into facts; returns when they are durable. */
  Committed commit(Collection<? extends Observation> observations)
      throws StoreUnavailableException {
    if (observations.isEmpty()) {
      return new Committed(0, 0);
    }
    List<Observation> given = List.copyOf(observations);
    int[] changed = new int[1];
    return await(new Waiting<>(given, changed, tx -> new Committed(given.size(), changed[0])));
  }

  /** Makes another change; returns when it is durable. */
  <T> T change(Change<T> change) throws StoreUnavailableException {
    return await(new Waiting<>(List.of(), new int[1], change));
  }

  /**
   * Why the last transaction failed; null where it did not. Some time after a failure it tries a
   * small transaction first: who waits for the store to be ready sends nothing.
   */
  @Nullable String failure() {
    if (failure != null && System.nanoTime() - failedAtNanos > PROBE_AFTER_NANOS) {
      try {
        change(
            tx -> {
              tx.execute("DELETE FROM meta WHERE name = 'probe'");
              return tx.execute(
                  "INSERT INTO meta VALUES ('probe', ?)", Long.toString(tx.version()));
            });
      } catch (StoreUnavailableException e) {
        return e.getMessage();
      }
    }
    return failure;
  }

  /** How many observations wait or are being written. */
  long waiting() {
    return waiting.get();
  }

  private <T> T await(Waiting<T> request) throws StoreUnavailableException {
    int size = request.observations.size();
    if (waiting.addAndGet(size) > LIMIT_WAITING && waiting.get() != size) {
      waiting.addAndGet(-size);
      throw new StoreUnavailableException(
          "the store is busy: " + waiting.get() + " observations wait to be written",
          RETRY_BUSY_MILLIS,
          null);
    }
    try {
      if (closed) {
        throw new StoreUnavailableException("the store is closed", RETRY_FAILED_MILLIS, null);
      }
      queue.add(request);
      return request.get();
    } finally {
      waiting.addAndGet(-size);
    }
  }

  private void run() {
    List<Waiting<?>> group = new ArrayList<>();
    while (true) {
      try {
        group.add(queue.take());
      } catch (InterruptedException e) {
        if (closed) {
          queue.forEach(request -> request.fail("the store is closed", null));
          return;
        }
        continue;
      }
      int size = group.get(0).observations.size();
      Waiting<?> next = queue.peek();
      while (next != null && size + next.observations.size() <= LIMIT_GROUP) {
        group.add(queue.remove());
        size += next.observations.size();
        next = queue.peek();
      }
      write(group);
      group.clear();
    }
  }

  private void write(List<Waiting<?>> group) {
    boolean committing = false;
    try {
      if (inDoubt) {
        database.reopen();
        inDoubt = false;
      }
      DuckDBConnection connection = database.writer();
      Transaction tx = Transaction.begin(connection, version + 1);
      kinds.join(tx, group);
      if (!tx.edited().isEmpty()) {
        retention.received(tx);
      }
      for (Waiting<?> request : group) {
        request.apply(tx);
      }
      if (tx.writeTouched()) {
        tx.afterCommit(sums::touched);
      }
      committing = true;
      connection.commit();
      version++;
      tx.committed();
      if (!tx.edited().isEmpty()) {
        tx.edited().forEach(e -> versions.add(e.repositories(), e.path(), e.timeMicros(), version));
        edited.accept(tx.edits());
      }
      failure = null;
      group.forEach(Waiting::succeed);
    } catch (SQLException | StoreUnavailableException | RuntimeException e) {
      inDoubt = inDoubt || committing || !database.rollback();
      if (committing) {
        sums.touched(); // it may be stored all the same
        kinds.doubt();
      }
      if (!inDoubt && group.size() > 1) {
        // One bad request must not refuse the others.
        group.forEach(request -> write(List.of(request)));
        return;
      }
      failedAtNanos = System.nanoTime();
      failure = Database.firstLine(e);
      String message = "nothing could be written: " + failure + mend(e);
      group.forEach(request -> request.fail(message, e));
    }
  }

  /** What to do where the world, not the request, is at fault. */
  private String mend(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("write") || message.contains("space") || message.contains("IO Error")
        ? "; free space on the disk of " + database.root() + " or make it writable"
        : "";
  }

  /** Writes what is waiting, and stops. */
  @Override
  public void close() {
    boolean interrupted = false;
    try {
      change(tx -> 0);
    } catch (StoreUnavailableException e) {
      // Whoever waited was told.
    }
    closed = true;
    thread.interrupt();
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A change to other tables than those of the facts. */
  interface Change<T> {
    T apply(Transaction tx) throws SQLException;
  }

  /** A caller who waits. Only the writer's thread touches its result. */
  static final class Waiting<T> {
    final List<Observation> observations;

    /** One element: how many facts the observations changed. */
    final int[] changed;

    private final Change<T> change;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable Runnable success;

    Waiting(List<Observation> observations, int[] changed, Change<T> change) {
      this.observations = observations;
      this.changed = changed;
      this.change = change;
    }

    void apply(Transaction tx) throws SQLException {
      T result = change.apply(tx);
      success = () -> answer.complete(result);
    }

    void succeed() {
      if (success != null) {
        success.run();
      }
    }

    void fail(String message, @Nullable Throwable cause) {
      answer.completeExceptionally(
          new StoreUnavailableException(message, RETRY_FAILED_MILLIS, cause));
    }

    T get() throws StoreUnavailableException {
      boolean interrupted = false;
      try {
        while (true) {
          try {
            return answer.get();
          } catch (InterruptedException e) {
            interrupted = true;
          } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreUnavailableException unavailable) {
              throw new StoreUnavailableException(
                  Database.firstLine(unavailable), unavailable.retryAfterMillis(), unavailable);
            }
            throw new IllegalStateException(e);
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
