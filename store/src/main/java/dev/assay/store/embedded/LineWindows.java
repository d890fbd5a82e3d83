package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import dev.assay.store.join.Join;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The windows that have lines. Only the index's thread changes them; a window that was stopped
 * cleanly is opened when it is first needed, because the first opening of any takes seconds.
 */
final class LineWindows {
  private static final Logger log = LoggerFactory.getLogger(LineWindows.class);

  private final Path folder;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final TreeMap<Long, LineWindow> open = new TreeMap<>();
  private final TreeMap<Long, WindowState> unopened = new TreeMap<>();

  /** Windows that have edits but no lines: they are not indexed. */
  private final Set<Long> bare = new HashSet<>();

  private final LineKey writersKey = new LineKey();
  private volatile long lines;
  private volatile double fill;

  LineWindows(Path folder) {
    this.folder = folder;
  }

  private Path marker() {
    return folder.resolve("open");
  }

  private boolean clean = true;

  /** Notes that the index is open: who finds the note at the next start knows of the crash. */
  void begin() throws IOException {
    clean = !Files.exists(marker());
    if (clean) {
      Files.createFile(marker());
    }
  }

  /**
   * Gives up all windows but some, and deletes their files and what a crash left half written.
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
      unopened.keySet().retainAll(kept);
    } finally {
      lock.writeLock().unlock();
    }
    Set<String> prefixes = new HashSet<>();
    kept.forEach(number -> prefixes.add(LineWindow.name(number)));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "????-??-??.*")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!prefixes.contains(name.substring(0, name.indexOf('.'))) || name.endsWith(".tmp")) {
          Files.delete(file);
        }
      }
    }
  }

  /** Opens a window if its files are whole, and says what it holds; else begins it anew. */
  @Nullable WindowState open(long number) throws IOException {
    WindowState state = LineWindow.state(folder, number);
    lock.writeLock().lock();
    try {
      if (state == null) {
        open.put(number, LineWindow.create(folder, number));
        return null;
      }
      if (clean) {
        unopened.put(number, state);
        return state;
      }
      try {
        open.put(number, LineWindow.open(folder, number, state, false));
        return state;
      } catch (IOException | RuntimeException e) {
        log.warn("A window of the line index is damaged: {}", Database.firstLine(e));
        open.put(number, LineWindow.create(folder, number));
        return null;
      }
    } finally {
      lock.writeLock().unlock();
      measure();
    }
  }

  /** Begins a window if there is none. */
  boolean create(long number) throws IOException {
    lock.writeLock().lock();
    try {
      if (open.containsKey(number) || unopened.containsKey(number)) {
        return false;
      }
      open.put(number, LineWindow.create(folder, number));
      bare.remove(number);
      return true;
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
      LineWindow window = before == number ? null : needed(before);
      if (window != null) {
        window.remove(hash);
      }
    }
    LineWindow window = needed(number);
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
      Set<Long> numbers = new TreeSet<>(open.keySet());
      numbers.addAll(unopened.keySet());
      return numbers;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Drops the text of some edits' lines. */
  void forgetLines(long number, List<Long> edits) throws IOException {
    LineWindow window = needed(number);
    if (window != null) {
      for (long edit : edits) {
        window.forgetLines(edit);
      }
    }
  }

  /** The edits that added one of the lines, and perhaps some that did not. */
  List<EditFact> withLines(
      Collection<String> repositories, Collection<String> lines, long fromMicros, long toMicros)
      throws IOException {
    List<byte[]> keys = new ArrayList<>(lines.size());
    LineKey key = new LineKey();
    for (String repository : repositories) {
      for (String line : lines) {
        keys.add(key.of(repository, line));
      }
    }
    int from = (int) Math.max(0, TimeUnit.MICROSECONDS.toSeconds(fromMicros));
    int to = (int) Math.min(0xffff_ffffL, TimeUnit.MICROSECONDS.toSeconds(toMicros));
    List<EditFact> found = new ArrayList<>();
    each(
        fromMicros,
        toMicros,
        window -> {
          Set<Long> edits = new HashSet<>();
          for (byte[] line : keys) {
            window.find(line, from, to, edits::add);
          }
          for (long id : edits) {
            take(window, id, repositories, null, new LineIndex.Span(fromMicros, toMicros), found);
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
          Set<Long> edits = new HashSet<>();
          for (String repository : repositories) {
            for (String path : paths) {
              edits.addAll(window.edits().ofFile(repository, path));
            }
          }
          for (long id : edits) {
            take(window, id, repositories, paths, span, found);
          }
        });
    List<LineIndex.Span> notIndexed = new ArrayList<>();
    lock.readLock().lock();
    try {
      for (long number : bare) {
        long first = number * LineWindow.MICROS;
        long last = first + LineWindow.MICROS - 1;
        if (first <= toMicros && last >= fromMicros) {
          notIndexed.add(new LineIndex.Span(Math.max(first, fromMicros), Math.min(last, toMicros)));
        }
      }
    } finally {
      lock.readLock().unlock();
    }
    return new LineIndex.Found(found, notIndexed);
  }

  private static void take(
      LineWindow window,
      long id,
      Collection<String> repositories,
      @Nullable Set<String> paths,
      LineIndex.Span span,
      List<EditFact> found)
      throws IOException {
    EditFact edit = window.edits().get(id);
    if (edit != null
        && (paths == null || paths.contains(edit.path()))
        && edit.repositories().stream().anyMatch(repositories::contains)) {
      long micros = Join.micros(edit.time());
      if (micros >= span.fromMicros() && micros <= span.toMicros()) {
        found.add(edit);
      }
    }
  }

  private interface Looking {
    void at(LineWindow window) throws IOException;
  }

  /** Looks at each window that the time touches. */
  private void each(long fromMicros, long toMicros, Looking looking) throws IOException {
    long first = LineWindow.number(fromMicros);
    long last = LineWindow.number(toMicros);
    for (long number : numbers()) {
      LineWindow window = number < first || number > last ? null : needed(number);
      lock.readLock().lock();
      try {
        if (window != null && open.get(number) == window) {
          looking.at(window);
        }
      } finally {
        lock.readLock().unlock();
      }
    }
  }

  /** The window, opened; null where it is not indexed. */
  private @Nullable LineWindow needed(long number) {
    lock.readLock().lock();
    try {
      LineWindow window = open.get(number);
      if (window != null) {
        return window;
      }
    } finally {
      lock.readLock().unlock();
    }
    lock.writeLock().lock();
    try {
      LineWindow window = open.get(number);
      WindowState state = unopened.get(number);
      if (window == null && state != null) {
        window = LineWindow.open(folder, number, state, false);
        open.put(number, window);
        unopened.remove(number);
      }
      return window;
    } catch (IOException e) {
      LineWindow.forget(folder, number); // so that the next start builds it anew
      throw new UncheckedIOException(e);
    } finally {
      lock.writeLock().unlock();
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
      for (WindowState state : unopened.values()) {
        sum += state.sizes().stream().mapToLong(Long::longValue).sum();
      }
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

  /**
   * Closes the files.
   *
   * @param cleanly whether all that was put is on disk
   */
  void close(boolean cleanly) {
    lock.writeLock().lock();
    try {
      open.values().forEach(LineWindow::close);
      open.clear();
      unopened.clear();
      if (cleanly) {
        Files.deleteIfExists(marker());
      }
    } catch (IOException e) {
      log.warn("The next start will look through the line index: {}", Database.firstLine(e));
    } finally {
      lock.writeLock().unlock();
    }
  }
}
