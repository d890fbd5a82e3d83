package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The edits of one window, to be had by their ids and by their files without asking the database: a
 * file to which edits are appended, and in memory where each stands (about 50 bytes an edit). An
 * edit that changed is appended again; what it was before is overwritten with zeros. One thread
 * writes, any reads.
 */
final class EditFile implements AutoCloseable {
  /** Bytes before an edit: its length, checksum, id and the record before of the same files. */
  private static final int HEAD = Integer.BYTES + Integer.BYTES + Long.BYTES + Integer.BYTES;

  /** Behind the length and the checksum. */
  private static final int CHECKED_FROM = Integer.BYTES * 2;

  /** As much as most edits have. */
  private static final int FIRST_READ = 1 << 11;

  /** Most records of one window; an edit beyond it would not be found. */
  private static final int LIMIT_RECORDS = Integer.MAX_VALUE - 8;

  /** The file of an edit is known by so many names at most; agents send a handful. */
  private static final int LIMIT_KEYS = 1 << 16;

  /** Not a channel: that would be closed where a reading thread is interrupted. */
  private final RandomAccessFile disk;

  private long end;

  /** The newest record of an edit, by the edit's hash. */
  private final LongTable records = new LongTable();

  /** The newest link of a file, by repository and path. */
  private final LongTable files = new LongTable();

  private long[] offsets = new long[64];
  private long[] ids = new long[64];
  private int count;

  /** A link names a record and the link before it of the same file; -1 ends. */
  private int[] linkRecord = new int[64];

  private int[] linkBefore = new int[64];
  private int links;

  private EditFile(RandomAccessFile disk) {
    this.disk = disk;
  }

  static EditFile create(Path file) throws IOException {
    EditFile created = new EditFile(new RandomAccessFile(file.toFile(), "rw"));
    created.disk.setLength(0);
    return created;
  }

  /**
   * Opens what was forced when it had this length.
   *
   * @throws IOException where the file is not what was forced
   */
  static EditFile open(Path file, long length) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is missing");
    }
    EditFile opened = new EditFile(new RandomAccessFile(file.toFile(), "rw"));
    try {
      if (opened.disk.length() != length) {
        throw new IOException(file + " has " + opened.disk.length() + " bytes, not " + length);
      }
      opened.readAll(file);
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void readAll(Path file) throws IOException {
    long length = disk.length();
    byte[] head = new byte[HEAD];
    ByteBuffer buffered = ByteBuffer.allocate(1 << 20).limit(0);
    long at = 0;
    while (at < length) {
      buffered = fill(buffered, at, HEAD);
      buffered.get(head);
      ByteBuffer fields = ByteBuffer.wrap(head);
      int bytes = fields.getInt();
      int checksum = fields.getInt();
      long id = fields.getLong();
      int keys = fields.getInt();
      if (bytes < 0 || keys < 0 || keys > LIMIT_KEYS || at + HEAD + bytes > length) {
        throw new IOException(file + " is damaged at byte " + at);
      }
      buffered = fill(buffered, at + HEAD, keys * Long.BYTES + bytes);
      byte[] rest = new byte[keys * Long.BYTES + bytes];
      buffered.get(rest);
      if (id != 0) {
        if (checksum != checksum(head, rest, 0, rest.length)) {
          throw new IOException(file + " is damaged at byte " + at);
        }
        long[] ofFiles = new long[keys];
        ByteBuffer.wrap(rest).asLongBuffer().get(ofFiles);
        note(id, ofFiles, at);
      }
      at += HEAD + keys * (long) Long.BYTES + bytes;
    }
    end = at;
  }

  /** Makes so many bytes from this place on readable from the buffer. */
  private ByteBuffer fill(ByteBuffer buffered, long at, int wanted) throws IOException {
    if (buffered.remaining() >= wanted) {
      return buffered;
    }
    ByteBuffer next = read(at, Math.max(wanted, 1 << 20));
    if (next.remaining() < wanted) {
      throw new EOFException("ends in the middle of an edit");
    }
    return next;
  }

  /** Of all that follows the checksum itself: the rest of the head, the files and the edit. */
  private static int checksum(byte[] head, byte[] rest, int from, int length) {
    CRC32C sum = new CRC32C();
    sum.update(head, CHECKED_FROM, HEAD - CHECKED_FROM);
    sum.update(rest, from, length);
    return (int) sum.getValue();
  }

  /** Keeps an edit, in place of what was known of it. */
  synchronized void put(EditFact edit) throws IOException {
    long id = LineKey.ofEdit(edit.toolUseId());
    byte[] content = EditRecord.write(edit);
    long before = records.get(id);
    if (before != LongTable.NONE) {
      if (Arrays.equals(content, content((int) before))) {
        return;
      }
      remove(id);
    }
    String path = edit.path();
    List<String> repositories = path == null ? List.of() : edit.repositories();
    if (repositories.size() > LIMIT_KEYS || count == LIMIT_RECORDS) {
      throw new IOException("an edit cannot be indexed: " + edit.toolUseId());
    }
    long[] ofFiles = new long[repositories.size()];
    ByteBuffer bytes =
        ByteBuffer.allocate(HEAD + ofFiles.length * Long.BYTES + content.length)
            .putInt(content.length)
            .putInt(0)
            .putLong(id)
            .putInt(ofFiles.length);
    for (int i = 0; i < ofFiles.length; i++) {
      ofFiles[i] = LineKey.ofFile(repositories.get(i), String.valueOf(path));
      bytes.putLong(ofFiles[i]);
    }
    byte[] record = bytes.put(content).array();
    bytes.putInt(Integer.BYTES, checksum(record, record, HEAD, record.length - HEAD));
    write(record, end);
    note(id, ofFiles, end);
    end += bytes.limit();
  }

  /** Forgets an edit, if it is here. */
  synchronized void remove(long id) throws IOException {
    long record = records.get(id);
    if (record == LongTable.NONE) {
      return;
    }
    records.put(id, LongTable.NONE);
    long at = offsets[(int) record];
    ByteBuffer head = read(at, HEAD);
    int length = head.getInt(0);
    int keys = head.getInt(Integer.BYTES * 2 + Long.BYTES);
    ids[(int) record] = 0;
    write(new byte[length], at + HEAD + keys * (long) Long.BYTES);
    write(new byte[Integer.BYTES + Long.BYTES], at + Integer.BYTES);
  }

  private void write(byte[] bytes, long at) throws IOException {
    disk.seek(at);
    disk.write(bytes);
  }

  private void note(long id, long[] ofFiles, long at) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, count * 2);
      ids = Arrays.copyOf(ids, count * 2);
    }
    offsets[count] = at;
    ids[count] = id;
    records.put(id, count);
    for (long file : ofFiles) {
      if (links == linkRecord.length) {
        linkRecord = Arrays.copyOf(linkRecord, links * 2);
        linkBefore = Arrays.copyOf(linkBefore, links * 2);
      }
      linkRecord[links] = count;
      linkBefore[links] = (int) files.get(file);
      files.put(file, links++);
    }
    count++;
  }

  synchronized boolean has(long id) {
    return records.get(id) != LongTable.NONE;
  }

  /** The edit with this hash; null where it is not here. */
  synchronized @Nullable EditFact get(long id) throws IOException {
    long record = records.get(id);
    return record == LongTable.NONE ? null : EditRecord.read(content((int) record));
  }

  /** The hashes of the edits of one of the files; one whose hash is that of another may be here. */
  synchronized Set<Long> ofFile(String repository, String path) {
    Set<Long> found = new HashSet<>();
    long link = files.get(LineKey.ofFile(repository, path));
    for (; link != LongTable.NONE; link = linkBefore[(int) link]) {
      long id = ids[linkRecord[(int) link]];
      if (id != 0) {
        found.add(id);
      }
    }
    return found;
  }

  private byte[] content(int record) throws IOException {
    long at = offsets[record];
    ByteBuffer some = read(at, FIRST_READ);
    if (some.remaining() < HEAD) {
      throw new EOFException("ends in the middle of an edit");
    }
    int length = some.getInt(0);
    int from = HEAD + some.getInt(Integer.BYTES * 2 + Long.BYTES) * Long.BYTES;
    if (some.remaining() < from + length) {
      some = read(at, from + length);
      if (some.remaining() < from + length) {
        throw new EOFException("ends in the middle of an edit");
      }
    }
    byte[] content = new byte[length];
    some.get(from, content);
    byte[] whole = new byte[from + length];
    some.get(0, whole);
    if (checksum(whole, whole, HEAD, from + length - HEAD) != some.getInt(Integer.BYTES)) {
      throw new IOException("an edit of the line index is damaged at byte " + at);
    }
    return content;
  }

  /** So many bytes from there, or as many as there are. */
  private ByteBuffer read(long at, int bytes) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(bytes);
    disk.seek(at);
    for (int read = 0; read >= 0 && into.hasRemaining(); ) {
      into.position(into.position() + read);
      read = disk.read(into.array(), into.position(), into.remaining());
    }
    return into.flip();
  }

  /** Makes the disk have it; how long it is then. */
  synchronized long force() throws IOException {
    disk.getFD().sync();
    return end;
  }

  @Override
  public void close() {
    try {
      disk.close();
    } catch (IOException e) {
      // Nothing is lost by it: what counts was forced.
    }
  }
}
