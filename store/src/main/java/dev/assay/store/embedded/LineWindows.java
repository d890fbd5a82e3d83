package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import dev.assay.store.join.Join;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The windows that have lines. Only the index's thread changes them, any asks. */
final class LineWindows {
  private static final Logger log = LoggerFactory.getLogger(LineWindows.class);

  /** Older versions said by it that they had the index open. */
  private static final String OLD_MARKER = "open";

  private final Path folder;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final TreeMap<Long, LineWindow> open = new TreeMap<>();

  /** Windows that have edits but no lines: they are not indexed. */
  private final Set<Long> bare = new HashSet<>();

  private final PendingRoom room = new PendingRoom();
  private final LineKey writersKey = new LineKey();
  private volatile long lines;
  private volatile double fill;

  LineWindows(Path folder) {
    this.folder = folder;
  }

  /**
   * Gives up all windows but some, and deletes their files, and what a crash or an older version
   * left.
   *
   * @param withEdits all windows that have edits; those that are not kept are not indexed
   */
  void sweep(Set<Long> kept, Set<Long> withEdits) throws IOException {
    lock.writeLock().lock();
    try {
      bare.clear();
      bare.addAll(withEdits);
      bare.removeAll(kept);
      for (Long number : List.copyOf(open.keySet())) {
        if (!kept.contains(number)) {
          Objects.requireNonNull(open.remove(number)).close();
        }
      }
    } finally {
      lock.writeLock().unlock();
    }
    PageFile.delete(folder.resolve(OLD_MARKER));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "????-??-??.*")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (kept.stream().noneMatch(number -> LineWindow.hasFile(number, name))) {
          PageFile.delete(file);
        }
      }
    }
    measure();
  }

  /** Opens a window if its files are whole, and says what it holds; else begins it anew. */
  @Nullable WindowState open(long number) throws IOException {
    WindowState state = LineWindow.state(folder, number);
    LineWindow window = null;
    try {
      window = state == null ? null : LineWindow.open(folder, number, state, room);
    } catch (IOException | RuntimeException e) {
      log.warn("A window of the line index is damaged: {}", Database.firstLine(e));
    }
    boolean whole = window != null;
    if (window == null) {
      window = LineWindow.create(folder, number, room);
    }
    lock.writeLock().lock();
    try {
      open.put(number, window);
    } finally {
      lock.writeLock().unlock();
    }
    measure();
    return whole ? state : null;
  }

  /** Begins a window if there is none. */
  boolean create(long number) throws IOException {
    lock.writeLock().lock();
    try {
      if (open.containsKey(number)) {
        return false;
      }
      open.put(number, LineWindow.create(folder, number, room));
      bare.remove(number);
      return true;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Gives up a window that was begun; the next start begins it again. */
  void drop(long number) {
    lock.writeLock().lock();
    try {
      Objects.requireNonNull(open.remove(number)).close();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * Indexes an edit if its window is indexed.
   *
   * @param movedFrom windows in which it may have been before
   */
  void add(EditFact edit, Set<Long> movedFrom) throws IOException {
    long micros = Join.micros(edit.time());
    long number = LineWindow.number(micros);
    long hash = LineKey.ofEdit(edit.toolUseId());
    for (long before : movedFrom) {
      LineWindow window = before == number ? null : indexed(before);
      if (window != null) {
        window.remove(hash);
      }
    }
    LineWindow window = indexed(number);
    if (window == null) {
      lock.writeLock().lock();
      try {
        bare.add(number);
      } finally {
        lock.writeLock().unlock();
      }
      return;
    }
    int second = (int) TimeUnit.MICROSECONDS.toSeconds(micros);
    for (String line : IndexedLines.of(edit.lines())) {
      for (String repository : edit.repositories()) {
        window.add(writersKey.of(repository, line), second, hash);
      }
    }
    window.put(edit);
  }

  /** The windows that are indexed. */
  Set<Long> numbers() {
    lock.readLock().lock();
    try {
      return new TreeSet<>(open.keySet());
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Drops the text of some edits' lines. */
  void forgetLines(long number, List<Long> edits) throws IOException {
    LineWindow window = indexed(number);
    if (window != null) {
      for (long edit : edits) {
        window.forgetLines(edit);
      }
    }
  }

  /** Forgets the edits before a time; of whole windows {@link #sweep} does that. */
  void removeBefore(long micros) throws IOException {
    LineWindow window = indexed(LineWindow.number(micros));
    if (window != null) {
      window.removeBefore(micros);
    }
  }

  /** The edits that added one of the lines, and perhaps some that did not. */
  List<EditFact> withLines(
      Collection<String> repositories, Collection<String> lines, long fromMicros, long toMicros)
      throws IOException {
    List<HashFile.Key> keys = new ArrayList<>(lines.size());
    LineKey key = new LineKey();
    for (String repository : repositories) {
      for (String line : lines) {
        keys.add(key.of(repository, line));
      }
    }
    long from = TimeUnit.MICROSECONDS.toSeconds(fromMicros);
    long to = TimeUnit.MICROSECONDS.toSeconds(toMicros);
    LineIndex.Span span = new LineIndex.Span(fromMicros, toMicros);
    long[] postings = new long[LineWindow.LIMIT_POSTINGS * HashFile.VALUE_LONGS];
    List<EditFact> found = new ArrayList<>();
    each(
        fromMicros,
        toMicros,
        window -> {
          Set<Long> edits = new HashSet<>();
          for (HashFile.Key line : keys) {
            window.find(line, from, to, postings, edits::add);
          }
          for (long id : edits) {
            EditFact edit = window.edits().get(id);
            if (edit != null && isWanted(edit, repositories, span)) {
              found.add(edit);
            }
          }
        });
    return found;
  }

  /** The edits of some files, and the times of which only the facts can tell. */
  LineIndex.Found inFiles(
      Collection<String> repositories, Set<String> paths, long fromMicros, long toMicros)
      throws IOException {
    LineIndex.Span span = new LineIndex.Span(fromMicros, toMicros);
    List<EditFact> found = new ArrayList<>();
    each(
        fromMicros,
        toMicros,
        window -> {
          Map<String, EditFact> edits = new HashMap<>();
          for (String repository : repositories) {
            for (String path : paths) {
              for (EditFact edit : window.edits().ofFile(repository, path)) {
                if (path.equals(edit.path()) && isWanted(edit, repositories, span)) {
                  edits.put(edit.toolUseId(), edit);
                }
              }
            }
          }
          found.addAll(edits.values());
        });
    List<LineIndex.Span> notIndexed = new ArrayList<>();
    lock.readLock().lock();
    try {
      for (long number : bare) {
        LineIndex.Span bareTimes = LineWindow.times(number);
        long first = Math.max(bareTimes.fromMicros(), fromMicros);
        long last = Math.min(bareTimes.toMicros(), toMicros);
        if (first <= last) {
          notIndexed.add(new LineIndex.Span(first, last));
        }
      }
    } finally {
      lock.readLock().unlock();
    }
    return new LineIndex.Found(found, notIndexed);
  }

  /** Those of some edits that were made in these times and are here, without their lines. */
  Map<String, EditFact> ofIds(Collection<String> toolUseIds, long fromMicros, long toMicros)
      throws IOException {
    Map<Long, String> ids = new HashMap<>(); // of two with one hash the facts are asked for one
    toolUseIds.forEach(id -> ids.put(LineKey.ofEdit(id), id));
    LineIndex.Span span = new LineIndex.Span(fromMicros, toMicros);
    Map<String, EditFact> found = new HashMap<>();
    each(
        fromMicros,
        toMicros,
        window -> {
          for (Map.Entry<Long, String> id : ids.entrySet()) {
            EditFact edit = window.edits().withoutLines(id.getKey());
            if (edit != null && edit.toolUseId().equals(id.getValue()) && isWithin(edit, span)) {
              found.put(id.getValue(), edit);
            }
          }
        });
    return found;
  }

  private static boolean isWanted(
      EditFact edit, Collection<String> repositories, LineIndex.Span span) {
    return isWithin(edit, span) && edit.repositories().stream().anyMatch(repositories::contains);
  }

  private static boolean isWithin(EditFact edit, LineIndex.Span span) {
    long micros = Join.micros(edit.time());
    return micros >= span.fromMicros() && micros <= span.toMicros();
  }

  private interface Looking {
    void at(LineWindow window) throws IOException;
  }

  /** Looks at each window that the time touches. */
  private void each(long fromMicros, long toMicros, Looking looking) throws IOException {
    long first = LineWindow.number(fromMicros);
    long last = LineWindow.number(toMicros);
    for (long number : numbers()) {
      if (number < first || number > last) {
        continue;
      }
      lock.readLock().lock();
      try {
        LineWindow window = open.get(number);
        if (window != null) {
          looking.at(window);
        }
      } finally {
        lock.readLock().unlock();
      }
    }
  }

  /** The window; null where it is not indexed. Only the index's thread may ask. */
  private @Nullable LineWindow indexed(long number) {
    return open.get(number);
  }

  /** Brings one window to disk; it holds its edits up to this version. */
  void clean(long number, long version) throws IOException {
    LineWindow window = indexed(number);
    if (window != null) {
      window.clean(version);
    }
  }

  /** Brings all windows to disk; they hold the edits up to this version. */
  void clean(long version) throws IOException {
    for (LineWindow window : open.values()) {
      window.clean(version);
    }
  }

  /** Counts what is there, for {@link #size} and {@link #fill}. */
  void measure() {
    long sum = 0;
    double fullest = 0;
    lock.readLock().lock();
    try {
      for (LineWindow window : open.values()) {
        sum += window.size();
        fullest = Math.max(fullest, window.fill());
      }
    } finally {
      lock.readLock().unlock();
    }
    lines = sum;
    fill = fullest;
  }

  long size() {
    return lines;
  }

  double fill() {
    return fill;
  }

  /** Closes the files. What was not brought to disk is built anew at the next start. */
  void close() {
    lock.writeLock().lock();
    try {
      open.values().forEach(LineWindow::close);
      open.clear();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
