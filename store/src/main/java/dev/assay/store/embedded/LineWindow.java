package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The lines and the edits of one stretch of time, in files of their own. A line's value is a
 * posting: the second of an edit's time, and the hash of its id.
 */
final class LineWindow implements AutoCloseable {
  /** How long a window is. */
  static final long MICROS = TimeUnit.DAYS.toMicros(30);

  /** How many edits of one line are kept: the newest. */
  static final int LIMIT_POSTINGS = 6;

  /** What a window's files are called, behind its name. */
  private static final String LINES = ".lines";

  private static final String EDITS = ".edits";
  private static final String PLACES = ".places";
  private static final String STATE = ".state";

  private final Path folder;
  private final String name;
  private final HashFile lines;
  private final EditFile edits;
  private boolean dirty;

  private LineWindow(Path folder, String name, HashFile lines, EditFile edits, boolean dirty) {
    this.folder = folder;
    this.name = name;
    this.lines = lines;
    this.edits = edits;
    this.dirty = dirty;
  }

  /** Which window a time lies in. */
  static long number(long timeMicros) {
    return Math.floorDiv(timeMicros, MICROS);
  }

  /** The times that lie in it. */
  static LineIndex.Span times(long number) {
    return new LineIndex.Span(number * MICROS, (number + 1) * MICROS - 1);
  }

  /** Its first day. */
  static String name(long number) {
    return LocalDate.ofEpochDay(number * TimeUnit.MICROSECONDS.toDays(MICROS)).toString();
  }

  /** Whether a window has a file of this name. */
  static boolean hasFile(long number, String file) {
    String name = name(number);
    return List.of(name + LINES, name + EDITS, name + PLACES, name + STATE).contains(file);
  }

  /** Begins anew; what was there is deleted. */
  static LineWindow create(Path folder, long number, PendingRoom room) throws IOException {
    String name = name(number);
    WindowState.remove(folder.resolve(name + STATE));
    for (String file : List.of(LINES, EDITS, PLACES)) {
      PageFile.delete(folder.resolve(name + file));
    }
    HashFile lines = HashFile.create(folder.resolve(name + LINES), LIMIT_POSTINGS, room);
    try {
      EditFile edits =
          EditFile.create(folder.resolve(name + EDITS), folder.resolve(name + PLACES), room);
      return new LineWindow(folder, name, lines, edits, true);
    } catch (IOException | RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  /**
   * Opens what a {@link WindowState} describes.
   *
   * @throws IOException where the files are not what the state says
   */
  static LineWindow open(Path folder, long number, WindowState state, PendingRoom room)
      throws IOException {
    String name = name(number);
    HashFile lines =
        HashFile.open(folder.resolve(name + LINES), LIMIT_POSTINGS, state.lines(), room);
    try {
      EditFile edits =
          EditFile.open(
              folder.resolve(name + EDITS), folder.resolve(name + PLACES), state.edits(), room);
      return new LineWindow(folder, name, lines, edits, false);
    } catch (IOException | RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  /**
   * Has those windows begun anew, durably, that say a later version: the database has lost what
   * they are built of, and others may get the versions.
   */
  static void forgetAfter(Path folder, long version) throws IOException {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> states = Files.newDirectoryStream(folder, "*" + STATE)) {
        for (Path file : states) {
          WindowState state = WindowState.read(file);
          if (state != null && state.version() > version) {
            WindowState.remove(file);
          }
        }
      }
    }
  }

  static @Nullable WindowState state(Path folder, long number) {
    return WindowState.read(folder.resolve(name(number) + STATE));
  }

  /** Notes that the edit added the line. */
  void add(HashFile.Key line, int second, long edit) throws IOException {
    soil();
    lines.add(line, second, edit);
  }

  /** Keeps an edit, in place of what was known of it. */
  void put(EditFact edit) throws IOException {
    soil();
    edits.put(edit);
  }

  /** Forgets an edit, if it is here; that it added lines stays. */
  void remove(long edit) throws IOException {
    if (edits.has(edit)) {
      soil();
      edits.remove(edit);
    }
  }

  /** Drops the text of an edit's lines, if it is here. */
  void forgetLines(long edit) throws IOException {
    EditFact known = edits.get(edit);
    if (known != null && known.lines() != null) {
      put(EditRecord.withoutLines(known));
    }
  }

  /** Forgets the edits before a time. */
  void removeBefore(long micros) throws IOException {
    for (long edit : edits.before(micros)) {
      remove(edit);
    }
  }

  EditFile edits() {
    return edits;
  }

  private void soil() throws IOException {
    if (!dirty) {
      WindowState.remove(folder.resolve(name + STATE));
      dirty = true;
    }
  }

  /**
   * The edits that added the line from one second to another.
   *
   * @param postings with room for {@link #LIMIT_POSTINGS} values
   */
  void find(HashFile.Key line, long from, long to, long[] postings, LongConsumer edits) {
    int found = lines.find(line, postings);
    for (int i = 0; i < found * HashFile.VALUE_LONGS; i += HashFile.VALUE_LONGS) {
      if (postings[i] >= from && postings[i] <= to) {
        edits.accept(postings[i + 1]);
      }
    }
  }

  /** Brings it to disk, and says so. */
  void clean(long version) throws IOException {
    if (dirty) {
      new WindowState(version, lines.force(), edits.force()).write(folder.resolve(name + STATE));
      dirty = false;
    }
  }

  /** How many lines it has, as {@link HashFile#keys} counts them. */
  long size() {
    return lines.keys();
  }

  /** 0 to 1: the fuller file's share of the pages that it may have. */
  double fill() {
    return Math.max(lines.fill(), edits.fill());
  }

  @Override
  public void close() {
    lines.close();
    edits.close();
  }
}
