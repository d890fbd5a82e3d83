package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import dev.assay.store.join.EditJoin;
import dev.assay.store.join.Join;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings edits into the windows: those that are handed over, and from the facts those that are not.
 * Only the index's thread uses it.
 */
final class LineIndexer {
  /**
   * Below this it writes nothing: a write to a mapped file on a full disk would kill the process.
   */
  private static final long LEAST_FREE_BYTES = 256L << 20;

  private static final Logger log = LoggerFactory.getLogger(LineIndexer.class);

  /** Edits that are read in one question, and the lines they say: enough that the question pays. */
  private static final long EDITS_AT_ONCE = 10_000;

  private static final long LINES_AT_ONCE = 100_000;

  private final Path folder;
  private final IndexedEdits edits;
  private final LineWindows windows;
  private final BooleanSupplier closing;

  /** As {@link #enter} tells it. */
  private long whole;

  /** Up to here no edit was left out: one that was, and had moved, has not left its old window. */
  private long sure;

  /** Whether facts were read in this pass. */
  private boolean read;

  /**
   * @param closing whether to end before it is done
   */
  LineIndexer(Path folder, IndexedEdits edits, LineWindows windows, BooleanSupplier closing) {
    this.folder = folder;
    this.edits = edits;
    this.windows = windows;
    this.closing = closing;
  }

  /**
   * Opens each window that has lines, begins those anew that are not whole, and enters what came
   * after they were written, up to a version; false where it was closed before it was done.
   */
  boolean open(long through) throws IOException {
    Map<Long, Long> newest = edits.newestVersions(through);
    windows.sweep(newest.keySet(), edits.windows(through));
    Map<Long, Long> held = new TreeMap<>();
    for (long number : newest.keySet()) { // all, before an edit may have to leave one of them
      WindowState state = windows.open(number);
      held.put(number, state == null ? 0 : state.version());
    }
    whole = through;
    sure = held.values().stream().reduce(through, Math::min);
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
    forgetExpired();
    return true;
  }

  /**
   * Enters what was committed after one version and up to another. What is read from the facts is
   * read as it is by then: an edit that was written again meanwhile is left out, and comes with the
   * next pass. So after such a pass no more than the one before is told. Only an edit that is
   * written again in each of two such passes may be missing then, until the next one.
   *
   * @param handed all of it; null where it has to be read from the facts
   * @return the version that may be told; -1 where it was closed before it was done
   */
  long enter(long from, long to, @Nullable List<CommittedEdits> handed) throws IOException {
    Set<Long> movedBefore = sure < from ? edits.movedFrom(sure, from) : Set.of();
    read = false;
    if (!(handed == null ? enterRead(from, to, movedBefore) : enter(handed, movedBefore, to))) {
      return -1;
    }
    whole = read ? from : to;
    sure = read ? sure : to;
    return whole;
  }

  private boolean enterRead(long from, long to, Set<Long> movedBefore) throws IOException {
    return index(LineIndex.Span.EVER, from, to, both(movedBefore, edits.movedFrom(from, to)));
  }

  private boolean enter(List<CommittedEdits> handed, Set<Long> movedBefore, long to)
      throws IOException {
    for (CommittedEdits some : handed) {
      checkRoom();
      Set<Long> movedFrom = both(movedBefore, some.movedFrom());
      for (EditJoin edit : some.edits()) {
        if (!enter(CommittedEdits.fact(edit), movedFrom, to)) {
          return false;
        }
      }
      windows.measure();
      if (closing.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }

  private static Set<Long> both(Set<Long> some, Set<Long> others) {
    if (some.isEmpty()) {
      return others;
    }
    Set<Long> both = new TreeSet<>(some);
    both.addAll(others);
    return both;
  }

  /** Enters one edit; false where it was closed before its whole window was in. */
  private boolean enter(EditFact edit, Set<Long> movedFrom, long upTo) throws IOException {
    long number = LineWindow.number(Join.micros(edit.time()));
    if (edit.lines() != null && windows.create(number)) {
      if (!index(LineWindow.times(number), 0, upTo, Set.of())) {
        windows.drop(number); // or it would be called whole
        return false;
      }
    }
    windows.add(edit, movedFrom);
    return true;
  }

  /**
   * Enters edits of these times, with a version above one and up to another. Where one is the first
   * of its window with lines, the whole window is entered.
   *
   * @param movedFrom windows in which one of them may have been before
   * @return false where it was closed before it was done
   */
  private boolean index(LineIndex.Span times, long above, long upTo, Set<Long> movedFrom)
      throws IOException {
    read |= above < upTo; // also where nothing is found any more
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
        if (closing.getAsBoolean()) {
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
    while (at < piece.size() && at - from < EDITS_AT_ONCE && lines < LINES_AT_ONCE) {
      lines += (long) piece.get(at).linesAdded() + piece.get(at).linesRemoved();
      at++;
    }
    return at;
  }

  /** Gives up windows without any lines, and forgets edits and lines that are not kept. */
  void forget(long upTo) throws IOException {
    windows.sweep(edits.newestVersions(upTo).keySet(), edits.windows(upTo));
    forgetDeleted();
    forgetExpired();
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

  /** Brings all to disk; false where there is no room for it. */
  boolean clean() throws IOException {
    if (freeBytes() < LEAST_FREE_BYTES) {
      return false;
    }
    windows.clean(whole);
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
}
