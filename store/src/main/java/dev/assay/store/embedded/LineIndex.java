package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import dev.assay.store.join.EditJoin;
import dev.assay.store.join.Join;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
  /**
   * Below this it writes nothing: a write to a mapped file on a full disk would kill the process.
   */
  static final long LEAST_FREE_BYTES = 256L << 20;

  private static final Logger log = LoggerFactory.getLogger(LineIndex.class);

  /** Edits that are read in one question, and their lines: enough that the question pays. */
  private static final long EDITS_AT_ONCE = 10_000;

  private static final long LINES_AT_ONCE = 100_000;

  /** Of edits that wait in memory; where more come, they are read from the facts. */
  private static final long LIMIT_WAITING_BYTES = 32L << 20;

  private static final long IDLE_MILLIS = 60_000;

  /** So often damage that a question met is mended; a disk that goes on like that is given up. */
  private static final int LIMIT_DOUBTS = 3;

  private final Path folder;
  private final IndexedEdits edits;
  private final LineWindows windows;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** The newest version of an edit that is committed. Guarded by {@link #lock}, as what follows. */
  private long committed;

  /** Edits up to this version can be found; -1 until what was there has been looked through. */
  private long indexed = -1;

  /** Edits up to this version are in. Only the index's thread uses it. */
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
    this.edits = edits;
    this.windows = new LineWindows(folder);
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
        forgetExpired();
        while (follow()) {
          // Until it is closed, or in doubt.
        }
        if (freeBytes() >= LEAST_FREE_BYTES) {
          windows.clean(entered);
        } else {
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
   * Opens or rebuilds each window that has lines, and indexes what came after it was written; false
   * where it was closed before it was done.
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
    Map<Long, Long> newest = edits.newestVersions(through);
    windows.sweep(newest.keySet(), edits.windows(through));
    Map<Long, Long> held = new TreeMap<>();
    for (long number : newest.keySet()) { // all, before an edit may have to leave one of them
      WindowState state = windows.open(number);
      held.put(number, state == null ? 0 : state.version());
    }
    for (var window : held.entrySet()) {
      long number = window.getKey();
      long from = window.getValue();
      if (from < newest.getOrDefault(number, 0L)) {
        if (from == 0) {
          log.info("Building the line index of window {} from the facts", number);
        }
        if (!index(LineWindow.times(number), from, through, edits.movedFrom(from, through))) {
          return false;
        }
        checkRoom();
        windows.clean(number, through); // where nothing comes for it, the next start has it
      }
    }
    forgetDeleted(); // a crash may have come between
    advance(through);
    return true;
  }

  /** Waits for commits, and indexes them; false when closed, or in doubt. */
  private boolean follow() throws IOException {
    long from;
    long to;
    boolean idle = false;
    boolean evict;
    lock.lock();
    try {
      while (committed <= entered && !closed && !idle && !evicting && doubts == doubtsMended) {
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
    if (from < to && !enter(from, to)) {
      return false;
    }
    if (evict) { // not before what was handed over is in: some of that may be gone already
      windows.sweep(edits.newestVersions(to).keySet(), edits.windows(to));
      forgetDeleted();
      forgetExpired();
    }
    if (from < to) {
      advance(to);
    } else if (idle && freeBytes() >= LEAST_FREE_BYTES) {
      windows.clean(from);
    }
    return true;
  }

  /** Enters what was committed after one version and up to another. */
  private boolean enter(long from, long to) throws IOException {
    List<CommittedEdits> handed = handed(from, to);
    if (handed == null) {
      return index(Span.EVER, from, to, edits.movedFrom(from, to));
    }
    for (CommittedEdits some : handed) {
      checkRoom();
      for (EditJoin edit : some.edits()) {
        if (!enter(CommittedEdits.fact(edit), some.movedFrom(), to)) {
          return false;
        }
      }
      windows.measure();
      if (closing()) {
        return false;
      }
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

  /** Enters one edit; false where it was closed before its whole window was in. */
  private boolean enter(EditFact edit, Set<Long> movedFrom, long through) throws IOException {
    long number = LineWindow.number(Join.micros(edit.time()));
    if (edit.lines() != null && windows.create(number)) {
      if (!index(LineWindow.times(number), 0, through, Set.of())) {
        windows.drop(number); // or it would be called whole
        return false;
      }
    }
    windows.add(edit, movedFrom);
    return true;
  }

  private void checkRoom() throws IOException {
    long free = freeBytes();
    if (free < LEAST_FREE_BYTES) {
      throw new IOException("only " + (free >> 20) + " MiB are free on the disk of " + folder);
    }
  }

  private long freeBytes() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /**
   * Enters edits of these times, with a version above one and up to another. Where one is the first
   * of its window with lines, the whole window is entered.
   *
   * @param movedFrom windows in which one of them may have been before
   * @return false where it was closed before it was done
   */
  private boolean index(Span times, long above, long upTo, Set<Long> movedFrom) throws IOException {
    long from = above;
    for (long cut : edits.cuts(times, above, upTo, EDITS_AT_ONCE, LINES_AT_ONCE)) {
      List<EditFact> piece = edits.written(times, from, cut);
      for (int at = 0; at < piece.size(); ) {
        int next = after(piece, at);
        checkRoom();
        for (EditFact edit : edits.withLines(piece.subList(at, next), from, cut)) {
          if (!enter(edit, movedFrom, upTo)) {
            return false;
          }
        }
        windows.measure();
        if (closing()) {
          return false;
        }
        at = next;
      }
      from = cut;
    }
    return true;
  }

  /** Of a transaction with very many lines not all are read at once. */
  private static int after(List<EditFact> piece, int from) {
    int at = from;
    long lines = 0;
    while (at < piece.size() && lines < LINES_AT_ONCE) {
      lines += (long) piece.get(at).linesAdded() + piece.get(at).linesRemoved();
      at++;
    }
    return at;
  }

  /** Edits that are deleted do not stay here either. */
  private void forgetDeleted() throws IOException {
    windows.removeBefore(edits.keptFromMicros());
  }

  /** Nor does the text of lines that have expired. */
  private void forgetExpired() throws IOException {
    for (long number : windows.numbers()) {
      List<Long> expired = edits.expired(number);
      if (!expired.isEmpty()) {
        windows.forgetLines(number, expired);
      }
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

  private void advance(long version) {
    entered = version;
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
