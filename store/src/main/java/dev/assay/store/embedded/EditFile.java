package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import dev.assay.store.join.Join;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The edits of one window, to be had by their ids and by their files without asking the database: a
 * file to which entries are appended, and beside it a hash table of where the newest entry of each
 * edit, and of each file, begins. An entry leads to the one before it of the same file. An edit
 * that changed is appended again; what it was before is overwritten with zeros. One thread writes,
 * any reads.
 */
final class EditFile implements AutoCloseable {
  /** As much as most entries have. */
  private static final int FIRST_READ = 1 << 11;

  private static final int CHECKED_AT_ONCE = 1 << 20;

  /** So much is written to the file at once, unless one entry is larger. */
  static final int TAIL_BYTES = 1 << 16;

  /** So much is brought to disk at once: commits would wait for more, as {@link HashFile} says. */
  private static final int FORCED_AT_ONCE = 1 << 21;

  // What tells the two kinds of keys apart.
  private static final int OF_EDIT = 0;
  private static final int OF_FILE = 1;

  private final Path path;

  /** Not a channel: that would be closed where a reading thread is interrupted. */
  private final RandomAccessFile disk;

  /** The greatest value of a key stays: where the newest entry begins, and one. */
  private final HashFile places;

  private final long[] place = new long[HashFile.VALUE_LONGS];

  /** Entries that are not in the file yet: one call of the system for each would be dear. */
  private final ByteBuffer tail = ByteBuffer.allocate(TAIL_BYTES);

  /** Of the file with its tail. */
  private long end;

  /** Bytes that were written since the disk was made to have them; only who writes looks. */
  private long unforced;

  private EditFile(Path path, HashFile places) throws IOException {
    this.path = path;
    this.places = places;
    this.disk = new RandomAccessFile(path.toFile(), "rw");
  }

  /** How much is in both files. */
  record Size(long bytes, HashFile.Size places) {}

  /** Begins both files. */
  static EditFile create(Path file, Path placesFile, PendingRoom room) throws IOException {
    EditFile created = new EditFile(file, HashFile.create(placesFile, 1, room));
    created.disk.setLength(0);
    return created;
  }

  /**
   * Opens what was forced when it had this size.
   *
   * @throws IOException where a file is not what was forced
   */
  static EditFile open(Path file, Path placesFile, Size size, PendingRoom room) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is missing");
    }
    EditFile opened = new EditFile(file, HashFile.open(placesFile, 1, size.places(), room));
    try {
      if (opened.disk.length() != size.bytes()) {
        throw new IOException(
            file + " has " + opened.disk.length() + " bytes, not " + size.bytes());
      }
      opened.end = size.bytes();
      opened.checkAll();
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void checkAll() throws IOException {
    byte[] bytes = new byte[CHECKED_AT_ONCE];
    long at = 0;
    while (at < end) {
      int read = read(at, bytes, 0);
      int from = 0;
      long size = sizeAt(bytes, from, read);
      while (size > 0 && from + size <= read) {
        if (at + from + size > end || !EditEntry.isWhole(bytes, from, (int) size)) {
          throw damaged(at + from);
        }
        from += (int) size;
        size = sizeAt(bytes, from, read);
      }
      if (from == 0) { // larger than all that was read, or no entry
        if (size < 0 || size > end - at) {
          throw damaged(at);
        }
        bytes = new byte[(int) size];
      }
      at += from;
    }
  }

  /** How long the entry is that begins there; 0 where too little of it was read to tell. */
  private long sizeAt(byte[] bytes, int from, int read) throws IOException {
    if (from + EditEntry.HEAD > read) {
      return from == 0 ? -1 : 0;
    }
    return EditEntry.size(bytes, from);
  }

  private IOException damaged(long at) {
    return new IOException(path + " is damaged at byte " + at);
  }

  /** Keeps an edit, in place of what was known of it. */
  void put(EditFact edit) throws IOException {
    long hash = LineKey.ofEdit(edit.toolUseId());
    byte[] content = EditRecord.write(edit);
    long before = newestOf(hash, OF_EDIT);
    if (before != EditEntry.NONE) {
      EditEntry known = entryAt(before);
      if (known.hash() == hash && Arrays.equals(content, known.edit())) {
        return;
      }
    }
    String file = edit.path();
    List<String> repositories = file == null ? List.of() : edit.repositories();
    if (repositories.size() > EditEntry.LIMIT_LINKS) {
      throw new IOException("an edit cannot be indexed: " + edit.toolUseId());
    }
    long[] ofFiles = new long[repositories.size()];
    for (int i = 0; i < ofFiles.length; i++) {
      ofFiles[i] = LineKey.ofFile(repositories.get(i), String.valueOf(file));
    }
    long at = append(hash, ofFiles, content);
    places.add(new HashFile.Key(hash, OF_EDIT), 0, at + 1);
    for (long ofFile : ofFiles) {
      places.add(new HashFile.Key(ofFile, OF_FILE), 0, at + 1);
    }
    erase(hash, before);
    forceSome();
  }

  private synchronized long append(long hash, long[] ofFiles, byte[] content) throws IOException {
    long[] beforeThem = new long[ofFiles.length];
    for (int i = 0; i < ofFiles.length; i++) {
      beforeThem[i] = newest(ofFiles[i], OF_FILE);
    }
    long at = end;
    byte[] bytes = EditEntry.of(hash, ofFiles, beforeThem, content).bytes();
    if (bytes.length > tail.remaining()) {
      writeTail();
    }
    if (bytes.length > tail.remaining()) {
      write(bytes, bytes.length, at);
    } else {
      tail.put(bytes);
    }
    end += bytes.length;
    return at;
  }

  /** Where the tail begins. */
  private long written() {
    return end - tail.position();
  }

  private void writeTail() throws IOException {
    if (tail.position() > 0) {
      write(tail.array(), tail.position(), written());
      tail.clear();
    }
  }

  /** Not while others wait to read. */
  private void forceSome() throws IOException {
    if (unforced >= FORCED_AT_ONCE) {
      unforced = 0;
      disk.getFD().sync();
    }
  }

  /** Forgets an edit, if it is here. */
  void remove(long edit) throws IOException {
    erase(edit, newestOf(edit, OF_EDIT));
    forceSome();
  }

  /** Overwrites the entry there with zeros, if it is this edit's. */
  private synchronized void erase(long edit, long at) throws IOException {
    if (at != EditEntry.NONE) {
      EditEntry entry = entry(at);
      if (entry.hash() == edit) {
        entry.erase();
        if (at < written()) {
          write(entry.bytes(), entry.bytes().length, at);
        } else {
          tail.put((int) (at - written()), entry.bytes());
        }
      }
    }
  }

  private void write(byte[] bytes, int size, long at) throws IOException {
    disk.seek(at);
    disk.write(bytes, 0, size);
    unforced += size;
  }

  boolean has(long edit) throws IOException {
    return content(edit) != null;
  }

  /** The edit with this hash; null where it is not here. */
  @Nullable EditFact get(long edit) throws IOException {
    byte[] content = content(edit);
    return content == null ? null : EditRecord.read(content);
  }

  /** As {@link #get}, without its lines. */
  @Nullable EditFact withoutLines(long edit) throws IOException {
    byte[] content = content(edit);
    return content == null ? null : EditRecord.readWithoutLines(content);
  }

  private synchronized byte @Nullable [] content(long edit) throws IOException {
    long at = newest(edit, OF_EDIT);
    if (at == EditEntry.NONE) {
      return null;
    }
    EditEntry entry = entry(at);
    return entry.hash() == edit ? entry.edit() : null;
  }

  /** The edits of a file; one whose hash is that of another may be among them. */
  Collection<EditFact> ofFile(String repository, String file) throws IOException {
    Map<Long, EditFact> found = new LinkedHashMap<>();
    long ofFile = LineKey.ofFile(repository, file);
    long at = newestOf(ofFile, OF_FILE);
    while (at != EditEntry.NONE) {
      EditEntry entry = entryAt(at);
      if (entry.hash() != 0) {
        found.putIfAbsent(entry.hash(), EditRecord.read(entry.edit()));
      }
      long before = entry.before(ofFile);
      if (before >= at) {
        throw damaged(at);
      }
      at = before;
    }
    return found.values();
  }

  /** The hashes of the edits before a time. Only who writes may ask: all entries are looked at. */
  List<Long> before(long micros) throws IOException {
    List<Long> found = new ArrayList<>();
    long at = 0;
    while (at < end) {
      EditEntry entry = entryAt(at);
      if (entry.hash() != 0 && Join.micros(EditRecord.read(entry.edit()).time()) < micros) {
        found.add(entry.hash());
      }
      at += entry.bytes().length;
    }
    return found;
  }

  private synchronized long newestOf(long hash, int kind) {
    return newest(hash, kind);
  }

  private synchronized EditEntry entryAt(long at) throws IOException {
    return entry(at);
  }

  /** Where the newest entry of an edit, which may be erased, or of a file begins. */
  private long newest(long hash, int kind) {
    int found = places.find(new HashFile.Key(hash, kind), place);
    return found == 0 ? EditEntry.NONE : place[1] - 1;
  }

  private EditEntry entry(long at) throws IOException {
    byte[] bytes = new byte[FIRST_READ];
    int read = at < 0 || at > end - EditEntry.HEAD ? 0 : read(at, bytes, 0);
    long size = read < EditEntry.HEAD ? -1 : EditEntry.size(bytes, 0);
    if (size < 0 || size > end - at) {
      throw damaged(at);
    }
    if (size > read) {
      bytes = Arrays.copyOf(bytes, (int) size);
      read += read(at + read, bytes, read);
    }
    if (size > read || !EditEntry.isWhole(bytes, 0, (int) size)) {
      throw damaged(at);
    }
    return EditEntry.read(bytes, (int) size);
  }

  /** Fills the bytes from a place on, or as many as there are; how many. */
  private int read(long at, byte[] bytes, int from) throws IOException {
    if (at >= written()) {
      int size = (int) Math.min(bytes.length - from, end - at);
      tail.get((int) (at - written()), bytes, from, size);
      return size;
    }
    disk.seek(at);
    int filled = from;
    int read;
    do {
      read = disk.read(bytes, filled, bytes.length - filled);
      filled += Math.max(read, 0);
    } while (read > 0);
    return filled - from;
  }

  double fill() {
    return places.fill();
  }

  /** Makes the disk have it; how much that is. Only who writes may ask. */
  Size force() throws IOException {
    synchronized (this) {
      writeTail();
    }
    unforced = 0;
    disk.getFD().sync();
    return new Size(end, places.force());
  }

  @Override
  public void close() {
    places.close();
    try {
      disk.close();
    } catch (IOException e) {
      // Nothing is lost by it: what counts was forced.
    }
  }
}
