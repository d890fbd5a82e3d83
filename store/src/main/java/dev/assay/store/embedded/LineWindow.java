package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines of the edits of one stretch of time: one file, and where that is full another, larger
 * one. A line that stands in one file stays there.
 */
final class LineWindow implements AutoCloseable {
  /** How long a window is. */
  static final long MICROS = TimeUnit.DAYS.toMicros(30);

  /** What each next file is made for; the last size repeats. */
  static final List<Long> ENTRIES = List.of(1L << 16, 1L << 18, 1L << 20, 1L << 22);

  private static final Logger log = LoggerFactory.getLogger(LineWindow.class);

  private final Path folder;
  private final String name;
  private final CopyOnWriteArrayList<LineMap> maps = new CopyOnWriteArrayList<>();
  private @Nullable EditFile edits;
  private boolean dirty;

  private LineWindow(Path folder, long number) {
    this.folder = folder;
    this.name = name(number);
  }

  /** Which window a time lies in. */
  static long number(long timeMicros) {
    return Math.floorDiv(timeMicros, MICROS);
  }

  /** Its first day. */
  static String name(long number) {
    return LocalDate.ofEpochDay(number * TimeUnit.MICROSECONDS.toDays(MICROS)).toString();
  }

  /** Begins anew; what was there is deleted. */
  static LineWindow create(Path folder, long number) throws IOException {
    LineWindow window = new LineWindow(folder, number);
    window.delete();
    window.dirty = true;
    window.edits = EditFile.create(window.editsFile());
    return window;
  }

  /**
   * Opens what a clean {@link WindowState} describes.
   *
   * @param clean whether the last process stopped cleanly; else its locks are dropped first
   * @throws IOException where the files are not what the state says
   */
  static LineWindow open(Path folder, long number, WindowState state, boolean clean)
      throws IOException {
    LineWindow window = new LineWindow(folder, number);
    try {
      for (int i = 0; i < state.sizes().size(); i++) {
        Path file = window.file(i);
        if (!Files.isRegularFile(file)) {
          throw new IOException(file + " is missing");
        }
        LineMap map = clean ? LineMap.open(file, entries(i)) : LineMap.recover(file, entries(i));
        window.maps.add(map);
        if (map.size() != state.sizes().get(i)) {
          throw new IOException(
              file + " holds " + map.size() + " lines instead of " + state.sizes().get(i));
        }
      }
      window.edits = EditFile.open(window.editsFile(), state.editBytes());
      return window;
    } catch (IOException | RuntimeException e) {
      window.close();
      throw e;
    }
  }

  static @Nullable WindowState state(Path folder, long number) {
    return WindowState.read(folder.resolve(name(number) + ".state"));
  }

  /** Takes back that the files are whole. */
  static void forget(Path folder, long number) {
    try {
      WindowState.remove(folder.resolve(name(number) + ".state"));
    } catch (IOException e) {
      log.warn("The state of a damaged window stays: {}", Database.firstLine(e));
    }
  }

  /** Notes that the edit added the line. */
  void add(byte[] key, int second, long edit) throws IOException {
    soil();
    byte[] value = new byte[Postings.SIZE];
    for (LineMap map : maps) {
      if (map.get(key, value) != null) {
        if (Postings.add(value, second, edit)) {
          map.put(key, value);
        }
        return;
      }
    }
    if (maps.isEmpty() || maps.get(maps.size() - 1).full()) {
      maps.add(LineMap.open(file(maps.size()), entries(maps.size())));
    }
    byte[] fresh = new byte[Postings.SIZE];
    Postings.add(fresh, second, edit);
    maps.get(maps.size() - 1).add(key, fresh);
  }

  /** Keeps an edit, in place of what was known of it. */
  void put(EditFact edit) throws IOException {
    soil();
    edits().put(edit);
  }

  /** Forgets an edit, if it is here; that it added lines stays. */
  void remove(long edit) throws IOException {
    if (edits().has(edit)) {
      soil();
      edits().remove(edit);
    }
  }

  /** Drops the text of an edit's lines, if it is here. */
  void forgetLines(long edit) throws IOException {
    EditFact known = edits().get(edit);
    if (known != null && known.lines() != null) {
      put(EditRecord.withoutLines(known));
    }
  }

  EditFile edits() {
    return Objects.requireNonNull(edits, "closed");
  }

  private void soil() throws IOException {
    if (!dirty) {
      WindowState.remove(stateFile());
      dirty = true;
    }
  }

  /** The edits that added the line from one second to another. */
  void find(byte[] key, int from, int to, LongConsumer edits) {
    byte[] value = new byte[Postings.SIZE];
    for (LineMap map : maps) {
      byte[] found = map.get(key, value);
      if (found != null) {
        Postings.between(found, from, to, edits);
        return;
      }
    }
  }

  /** Brings it to disk, and says so. */
  void clean(long version) throws IOException {
    if (dirty) {
      List<Long> sizes = new ArrayList<>();
      for (LineMap map : maps) {
        map.force();
        sizes.add(map.size());
      }
      new WindowState(version, sizes, edits().force()).write(stateFile());
      dirty = false;
    }
  }

  boolean dirty() {
    return dirty;
  }

  long size() {
    return maps.stream().mapToLong(LineMap::size).sum();
  }

  /** The last file's share of its planned size. */
  double fill() {
    if (maps.isEmpty()) {
      return 0;
    }
    LineMap last = maps.get(maps.size() - 1);
    return (double) last.size() / last.entries();
  }

  /** Deletes its files; it must be closed. */
  void delete() throws IOException {
    WindowState.remove(stateFile());
    Files.deleteIfExists(editsFile());
    for (int i = 0; Files.deleteIfExists(file(i)); i++) {
      // The next one may be there too.
    }
  }

  private Path stateFile() {
    return folder.resolve(name + ".state");
  }

  private Path editsFile() {
    return folder.resolve(name + ".edits");
  }

  private Path file(int index) {
    return folder.resolve(name + "." + index + ".map");
  }

  private static long entries(int index) {
    return ENTRIES.get(Math.min(index, ENTRIES.size() - 1));
  }

  @Override
  public void close() {
    maps.forEach(LineMap::close);
    maps.clear();
    EditFile opened = edits;
    if (opened != null) {
      opened.close();
      edits = null;
    }
  }
}
