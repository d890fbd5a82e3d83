package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which edits added a line: derived from the facts, in windows of time, kept up to date by a thread
 * of its own behind the commits. What a crash left in doubt, and what is damaged, is built anew
 * from the facts, window by window, while the store is ready; who asks meanwhile waits. Where the
 * index cannot work at all (no room on the disk) the facts themselves are searched.
 */
final class LineIndex implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LineIndex.class);

  /** Of edits that wait in memory; where more come, they are read from the facts. */
  private static final long LIMIT_WAITING_BYTES = 32L << 20;

  private static final long IDLE_MILLIS = 60_000;

  /** So often damage that a question met is mended; a disk that goes on like that is given up. */
  private static final int LIMIT_DOUBTS = 3;

  private final Path folder;
  private final LineWindows windows;
  private final LineIndexer indexer;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** The newest version of an edit that is committed. Guarded by {@link #lock}, as what follows. */
  private long committed;

  /** Edits up to this version can be found; -1 until what was there has been looked through. */
  private long indexed = -1;

  /**
   * Edits up to this version were entered, but for some that {@link LineIndexer#enter} leaves to
   * its next pass. Only the index's thread uses it.
   */
  private long entered;

  private final WaitingEdits waiting;

  private boolean closed;
  private boolean evicting;

  /** How often a question met damage, and of how many of these all was looked through since. */
  private int doubts;

  private int doubtsMended;
  private @Nullable String broken;

  LineIndex(Path folder, IndexedEdits edits, long committed) {
    this.folder = folder;
    this.windows = new LineWindows(folder);
    this.indexer = new LineIndexer(folder, edits, windows, this::closing);
    this.committed = committed;
    this.waiting = new WaitingEdits(LIMIT_WAITING_BYTES, committed);
    this.thread = new Thread(this::run, "assay-line-index");
    thread.setDaemon(true);
    thread.start();
  }

  /** These edits are committed. */
  void committed(CommittedEdits edits) {
    lock.lock();
    try {
      waiting.add(edits);
      committed = Math.max(committed, edits.version());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lines or whole edits have expired: windows without any lines are given up. */
  void expired() {
    lock.lock();
    try {
      evicting = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The edits of some files in these microseconds, without their users; null where the index cannot
   * tell. Waits until everything that is committed is in.
   */
  @Nullable Found inFiles(
      Collection<String> repositories, Set<String> paths, long fromMicros, long toMicros) {
    return ask(() -> windows.inFiles(repositories, paths, fromMicros, toMicros));
  }

  /**
   * The edits that added one of the lines in these microseconds, some that did not possibly among
   * them, without their users; null where the index cannot tell. Waits as {@link #inFiles} does.
   */
  @Nullable List<EditFact> withLines(
      Collection<String> repositories, Collection<String> lines, long fromMicros, long toMicros) {
    return ask(() -> windows.withLines(repositories, lines, fromMicros, toMicros));
  }

  /**
   * Those of some edits of these microseconds that it has, without users and lines: none where it
   * is behind the commits. Nobody waits: the facts can be asked instead.
   */
  Map<String, EditFact> ofIds(Collection<String> toolUseIds, long fromMicros, long toMicros) {
    try {
      return isUpToDate() ? windows.ofIds(toolUseIds, fromMicros, toMicros) : Map.of();
    } catch (IOException | RuntimeException | LinkageError | InternalError e) {
      doubt(e);
      return Map.of();
    }
  }

  private boolean isUpToDate() {
    lock.lock();
    try {
      return indexed >= committed && broken == null && !closed;
    } finally {
      lock.unlock();
    }
  }

  private <T> @Nullable T ask(Question<T> question) {
    while (awaitIndexed()) {
      int before = doubts();
      T answer;
      try {
        answer = question.answer();
      } catch (IOException | RuntimeException | LinkageError | InternalError e) {
        doubt(e);
        return null;
      }
      if (doubts() == before) {
        return answer;
      }
      // Windows may have been closed under the question.
    }
    return null;
  }

  private int doubts() {
    lock.lock();
    try {
      return doubts;
    } finally {
      lock.unlock();
    }
  }

  /** Something is not as it was written: all is looked through again, and mended. */
  private void doubt(Throwable e) {
    lock.lock();
    try {
      if (doubts < LIMIT_DOUBTS) {
        log.warn("The line index is looked through again: {}", Database.firstLine(e));
        doubts++;
        indexed = -1;
        changed.signalAll();
        return;
      }
    } finally {
      lock.unlock();
    }
    giveUp(e);
  }

  private interface Question<T> {
    T answer() throws IOException;
  }

  /**
   * What was found.
   *
   * @param notIndexed times for which only the facts can tell
   */
  record Found(Collection<EditFact> edits, List<Span> notIndexed) {}

  /** From one microsecond to another, both included. */
  record Span(long fromMicros, long toMicros) {
    static final Span EVER = new Span(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private boolean awaitIndexed() {
    lock.lock();
    try {
      long target = committed;
      while (indexed < target && broken == null && !closed) {
        changed.awaitUninterruptibly();
      }
      return broken == null && !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is behind the commits because it is being looked through or built anew. */
  boolean rebuilding() {
    lock.lock();
    try {
      return indexed < 0 && broken == null;
    } finally {
      lock.unlock();
    }
  }

  /** Why it is not used; null where it is. */
  @Nullable String broken() {
    lock.lock();
    try {
      return broken;
    } finally {
      lock.unlock();
    }
  }

  long size() {
    return windows.size();
  }

  double fill() {
    return windows.fill();
  }

  private void run() {
    try {
      Files.createDirectories(folder);
      while (start()) {
        while (follow()) {
          // Until it is closed, or in doubt.
        }
        if (!indexer.clean()) {
          log.warn("The disk of {} is nearly full: the next start builds the line index", folder);
        }
        windows.close();
      }
    } catch (Throwable e) { // whatever it is: who asks would wait for ever
      giveUp(e);
    } finally {
      windows.close();
    }
  }

  private void giveUp(Throwable e) {
    broken("it ended; the log says why"); // first: where memory ran out, the rest may fail
    String reason = Database.firstLine(e);
    log.warn("The line index is not used, lines are searched in the facts: {}", reason, e);
    broken(reason);
  }

  private void broken(String reason) {
    lock.lock();
    try {
      broken = reason;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Opens or rebuilds each window, and indexes what came after it was written; false where it was
   * closed before it was done.
   */
  private boolean start() throws IOException {
    long through;
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      doubtsMended = doubts;
      through = committed;
    } finally {
      lock.unlock();
    }
    entered = through; // and told when nothing can be missing
    return indexer.open(through);
  }

  /** Waits for commits, and indexes them; false when closed, or in doubt. */
  private boolean follow() throws IOException {
    long from;
    long to;
    boolean idle = false;
    boolean evict;
    lock.lock();
    try {
      while (committed <= entered
          && entered <= indexed
          && !closed
          && !idle
          && !evicting
          && doubts == doubtsMended) {
        idle = !changed.await(IDLE_MILLIS, TimeUnit.MILLISECONDS);
      }
      from = entered;
      to = committed;
      evict = evicting;
      evicting = false;
      if (closed || doubts != doubtsMended) {
        return false;
      }
    } catch (InterruptedException e) {
      return true; // Nobody has reason to; closing signals the condition.
    } finally {
      lock.unlock();
    }
    long whole = indexer.enter(from, to, handed(from, to));
    if (whole < 0) {
      return false;
    }
    if (evict) { // not before what was handed over is in: some of that may be gone already
      indexer.forget(to);
    }
    entered = to;
    told(whole);
    if (idle) {
      indexer.clean();
    }
    return true;
  }

  private @Nullable List<CommittedEdits> handed(long from, long to) {
    lock.lock();
    try {
      return waiting.take(from, to);
    } finally {
      lock.unlock();
    }
  }

  private boolean closing() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void told(long version) {
    lock.lock();
    try {
      indexed = doubts == doubtsMended ? version : -1;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

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
}
