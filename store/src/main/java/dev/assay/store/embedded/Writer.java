package dev.assay.store.embedded;

import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Observation;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes to the database. What waits when it comes round goes into one
 * transaction; while nobody asks, it lets a little more come together, because a transaction costs
 * the more the smaller it is.
 */
final class Writer implements AutoCloseable {
  /** How many observations one transaction takes; a single larger commit goes alone. */
  static final int LIMIT_GROUP = 20_000;

  /** From one transaction to the next, while nobody waits for it. */
  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  static final long RETRY_FAILED_MILLIS = 10_000;
  private static final Logger log = LoggerFactory.getLogger(Writer.class);

  private final Database database;
  private final FactKinds kinds;
  private final LineRetention lineRetention;
  private final FactRetention factRetention;
  private final EditVersions versions;
  private final Sums sums;
  private final Checkpoints checkpoints;
  private final Consumer<CommittedEdits> edited;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by {@link #lock}, as what follows. */
  private final ArrayDeque<Request> queue = new ArrayDeque<>();

  private int queued;
  private long given;
  private long done;
  private boolean hurried;
  private boolean closed;
  private @Nullable String failure;

  /** Only the writer's thread uses this, and what follows. */
  private long version;

  /** The last version of which it is sure that it is stored. */
  private long stored;

  private long wroteNanos = System.nanoTime() - LINGER_NANOS;

  /** Whether the disk may have less than the database believes: a commit failed. */
  private boolean inDoubt;

  /** Whether edits may be stored that nobody was told of: a commit failed, or what followed it. */
  private boolean untold;

  /** Where these edits are; as often as the same are tried, they are here once. */
  private final Set<Transaction.Edited> doubtful = new HashSet<>();

  /** How many facts are new or different since the start. */
  private final AtomicLong changedFacts = new AtomicLong();

  /**
   * @param stored version that the database has
   * @param version after which it gives out others: that of the last transaction, which may be lost
   * @param versions is told of each edit that was committed
   * @param sums are told of each commit that touched any of them
   * @param edited is told of each transaction that changed edits, after its commit
   */
  Writer(
      Database database,
      FactKinds kinds,
      long stored,
      long version,
      LineRetention lineRetention,
      FactRetention factRetention,
      EditVersions versions,
      Sums sums,
      Checkpoints checkpoints,
      Consumer<CommittedEdits> edited) {
    this.sums = sums;
    this.checkpoints = checkpoints;
    this.versions = versions;
    this.database = database;
    this.kinds = kinds;
    this.version = version;
    this.stored = stored;
    this.lineRetention = lineRetention;
    this.factRetention = factRetention;
    this.edited = edited;
    database.whenInvalidated(this::wake);
    this.thread = new Thread(this::run, "assay-store-writer");
    thread.setDaemon(true);
    thread.start();
  }

  /** Makes facts of what is durable already; tried until it succeeds, and nobody waits for it. */
  void apply(Journaled request) {
    add(request);
  }

  /** Makes another change; returns when it is durable. */
  <T> T change(Change<T> change) throws StoreUnavailableException {
    Asked<T> request = new Asked<>(change);
    if (!add(request)) {
      throw new StoreUnavailableException("the store is closed", RETRY_FAILED_MILLIS, null);
    }
    return request.get();
  }

  private boolean add(Request request) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      queue.add(request);
      queued += request.size();
      given++;
      hurried |= request instanceof Asked;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until everything that was given before is written.
   *
   * @return false where it took too long, or cannot be written
   */
  boolean settle(long limitMillis) throws InterruptedException {
    long nanos = TimeUnit.MILLISECONDS.toNanos(limitMillis);
    lock.lockInterruptibly();
    try {
      long target = given;
      if (done < target) {
        hurried = true;
        changed.signalAll();
      }
      while (done < target && failure == null && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return done >= target;
    } finally {
      lock.unlock();
    }
  }

  /** Has what waits written soon: there is much of it. */
  void hurry() {
    lock.lock();
    try {
      hurried = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Why the last transaction failed, which is tried again; null where it did not. */
  @Nullable String failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /** How many facts are new or different since the start. */
  long changedFacts() {
    return changedFacts.get();
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (true) {
      List<Request> group = next();
      if (group == null) {
        return;
      }
      try {
        if (group.isEmpty()) {
          Throwable failed = attempt(group);
          if (failed != null) {
            say(failed);
          }
          continue;
        }
        write(group);
      } catch (Throwable e) { // what is not told of stays in the journal for the next start
        log.error("A group of commits came to no end", e);
        refuse(group.stream().filter(request -> request instanceof Asked).toList(), e);
      }
      wroteNanos = System.nanoTime();
      boolean loaded;
      lock.lock();
      try {
        done += group.size();
        loaded = queued >= LIMIT_GROUP / 2;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      rest(loaded);
    }
  }

  /**
   * What comes after a transaction, and not before who waited for it is told.
   *
   * @param loaded whether much waits for the next one
   */
  private void rest(boolean loaded) {
    try {
      if (!inDoubt) {
        database.loaded(loaded);
        checkpoints.afterCommit(stored);
      }
    } catch (Throwable e) { // comes again with the next transaction
      log.error("What follows a transaction came to no end", e);
    }
  }

  /**
   * What goes into the next transaction; null where it is closed and all is written. Nothing, where
   * the last one failed or the database is of no use, and nobody tries another: it is to be seen
   * whether one would go through now.
   */
  private @Nullable List<Request> next() {
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        if (failure == null && database.invalidated()) {
          return List.of();
        }
        if (failure == null) {
          changed.await();
        } else if (!changed.await(RETRY_FAILED_MILLIS, TimeUnit.MILLISECONDS)) {
          return List.of();
        }
      }
      if (queue.isEmpty()) {
        return null;
      }
      long linger = wroteNanos + LINGER_NANOS - System.nanoTime();
      while (linger > 0 && queued < LIMIT_GROUP && !hurried && !closed) {
        linger = changed.awaitNanos(linger);
      }
      List<Request> group = new ArrayList<>();
      int size = 0;
      for (Request next = queue.peek();
          next != null && (group.isEmpty() || size + next.size() <= LIMIT_GROUP);
          next = queue.peek()) {
        group.add(queue.remove());
        size += next.size();
      }
      queued -= size;
      hurried &= !queue.isEmpty();
      return group;
    } catch (InterruptedException e) {
      return next(); // Nobody has reason to; the flag is cleared.
    } finally {
      lock.unlock();
    }
  }

  /** Writes a group, as often as it takes; each of its requests is told. */
  private void write(List<Request> group) {
    List<Request> left = group;
    Throwable failed = attempt(left);
    while (failed != null) {
      if (!inDoubt && attempt(List.of()) == null) {
        // It takes other things: a request is at fault, and must not hold up the others.
        if (left.size() > 1) {
          left.forEach(request -> write(List.of(request)));
          return;
        }
        failed = attempt(left);
        if (failed == null || !inDoubt) {
          refuse(left, failed);
          return;
        }
      }
      refuse(left.stream().filter(request -> request instanceof Asked).toList(), failed);
      left = left.stream().filter(request -> request instanceof Journaled).toList();
      say(failed);
      if (left.isEmpty() || !pause()) {
        return;
      }
      failed = attempt(left);
    }
  }

  /** Writes a group in one transaction; null where that went well. */
  private @Nullable Throwable attempt(List<Request> group) {
    Transaction committing = null;
    try {
      if (inDoubt || database.invalidated()) {
        inDoubt = true;
        database.reopen(stored);
        kinds.doubt(); // it may have more than what was closed
        sums.touched();
        inDoubt = false;
      }
      DuckDBConnection connection = database.writer();
      Transaction tx = Transaction.begin(connection, version + 1);
      List<Observation> given = observations(group);
      List<Observation> kept = factRetention.kept(given);
      long changes = kinds.join(tx, kept);
      if (!tx.edited().isEmpty()) {
        lineRetention.received(tx);
      }
      for (Request request : group) {
        request.apply(tx);
      }
      if (group.isEmpty()) {
        probe(tx);
      }
      if (tx.writeTouched()) {
        tx.afterCommit(sums::touched);
      }
      tx.keepVersion();
      committing = tx;
      connection.commit();
      version++;
      stored = version;
      checkpoints.committed(stored);
      changedFacts.addAndGet(changes);
      factRetention.refused(given.size() - kept.size());
      tx.committed();
      tell(tx);
      say(null);
    } catch (Throwable e) { // an Error too: without this thread nothing would become a fact
      inDoubt = inDoubt || committing != null || !database.rollback();
      if (committing != null) { // it may be stored all the same
        version = committing.version();
        untold = true;
        doubtful.addAll(committing.edited());
        sums.touched();
        kinds.doubt();
      }
      if (e instanceof Error) {
        log.error("A transaction met an error, and is tried again", e);
      }
      return e;
    }
    group.forEach(Request::succeed);
    return null;
  }

  /**
   * Tells of the edits of a transaction that is committed; first of those that one before it may
   * have stored, which the index reads from the facts.
   */
  private void tell(Transaction tx) {
    if (untold) {
      edited.accept(CommittedEdits.unknown(version));
      doubtful.forEach(this::addVersion);
      doubtful.clear();
      untold = false;
    }
    if (!tx.edited().isEmpty()) {
      edited.accept(tx.edits());
      tx.edited().forEach(this::addVersion);
    }
  }

  private void addVersion(Transaction.Edited edit) {
    versions.add(edit.repositories(), edit.path(), edit.timeMicros(), version);
  }

  private static List<Observation> observations(List<Request> group) {
    List<Observation> all = new ArrayList<>();
    group.forEach(request -> all.addAll(request.observations()));
    return all;
  }

  /** Something small, to see whether anything can be written. */
  static void probe(Transaction tx) throws SQLException {
    tx.execute("DELETE FROM meta WHERE name = 'probe'");
    tx.execute("INSERT INTO meta VALUES ('probe', ?)", Long.toString(tx.version()));
  }

  private void say(@Nullable Throwable failed) {
    lock.lock();
    try {
      if (failed != null && failure == null) {
        log.warn("Nothing can be written, and it is tried again: {}", Database.firstLine(failed));
      }
      failure = failed == null ? null : Database.firstLine(failed);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void refuse(List<Request> group, @Nullable Throwable failed) {
    if (failed != null) {
      String message = "nothing could be written: " + Database.firstLine(failed) + mend(failed);
      group.forEach(request -> request.fail(message, failed));
    }
  }

  /** Waits until it is worth another try; false where it is closed before. */
  private boolean pause() {
    long nanos = TimeUnit.MILLISECONDS.toNanos(RETRY_FAILED_MILLIS);
    lock.lock();
    try {
      while (nanos > 0 && !closed) {
        nanos = changed.awaitNanos(nanos);
        hurried = false;
        List<Request> asked = queue.stream().filter(request -> request instanceof Asked).toList();
        if (!asked.isEmpty()) {
          String message = "nothing can be written: " + failure;
          asked.forEach(request -> request.fail(message, null));
          queue.removeAll(asked);
          done += asked.size();
        }
      }
      return !closed;
    } catch (InterruptedException e) {
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** What to do where the world, not the request, is at fault. */
  private String mend(Throwable e) {
    String message = e instanceof Error ? "" : String.valueOf(e.getMessage());
    return message.contains("write") || message.contains("space") || message.contains("IO Error")
        ? "; free space on the disk of " + database.root() + " or make it writable"
        : "";
  }

  /** Writes what is waiting, and stops; what cannot be written stays in the journal. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
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
}
