package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
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

  /** Gives up all other windows, and deletes their files and what a crash left half written. */
  void sweep(Set<Long> kept) throws IOException {
    lock.writeLock().lock();
    try {
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

  /** Indexes an edit. */
  void add(EditFact edit, long micros) throws IOException {
    LineWindow window = needed(LineWindow.number(micros), true);
    if (window == null) {
      return;
    }
    int second = (int) TimeUnit.MICROSECONDS.toSeconds(micros);
    long hash = LineKey.ofEdit(edit.toolUseId());
    for (String line : IndexedLines.of(edit.lines())) {
      for (String repository : edit.repositories()) {
        window.add(writersKey.of(repository, line), second, hash);
      }
    }
    measure();
  }

  Set<Long> find(
      Collection<String> repositories, Collection<String> lines, long fromMicros, long toMicros) {
    Set<Long> found = new HashSet<>();
    LineKey key = new LineKey();
    int from = (int) Math.max(0, TimeUnit.MICROSECONDS.toSeconds(fromMicros));
    int to = (int) Math.min(0xffff_ffffL, TimeUnit.MICROSECONDS.toSeconds(toMicros));
    Set<Long> numbers = new HashSet<>();
    lock.readLock().lock();
    try {
      long first = LineWindow.number(fromMicros);
      long last = LineWindow.number(toMicros);
      numbers.addAll(open.keySet());
      numbers.addAll(unopened.keySet());
      numbers.removeIf(number -> number < first || number > last);
    } finally {
      lock.readLock().unlock();
    }
    for (long number : numbers) {
      LineWindow window = needed(number, false);
      lock.readLock().lock();
      try {
        if (window != null && open.get(number) == window) {
          for (String repository : repositories) {
            for (String line : lines) {
              window.find(key.of(repository, line), from, to, found::add);
            }
          }
        }
      } finally {
        lock.readLock().unlock();
      }
    }
    return found;
  }

  private @Nullable LineWindow needed(long number, boolean create) {
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
        window = LineWindow.open(folder, number, state, true);
        open.put(number, window);
        unopened.remove(number);
      }
      if (window == null && create) {
        window = LineWindow.create(folder, number);
        open.put(number, window);
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

  private void measure() {
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
