package dev.assay.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A file of the journal that is being written, by one thread. It is never written again by another
 * process, nor after anything failed: a failed fsync is reported once, and the next one of the same
 * file says nothing of what was lost.
 */
final class Segment {
  static final String SUFFIX = ".journal";
  static final byte[] MAGIC = "assayj1\n".getBytes(StandardCharsets.US_ASCII);

  /** Begins each entry; no UTF-8 text has it. */
  static final int MARK = 0xFFFA55AF;

  /** Mark, length, checksum. */
  static final int HEAD_BYTES = 3 * Integer.BYTES;

  /** With this many bytes another file is begun. */
  static final long LIMIT_BYTES = 8L << 20;

  /** The number, and perhaps the version of the database up to which all of it is applied. */
  private static final Pattern NAME = Pattern.compile("([0-9]{1,18})(?:\\.([0-9]{1,18}))?\\D.*");

  private final FileChannel channel;
  private final ByteBuffer buffer;
  private final boolean fsync;
  private final Hold hold;
  private final Held own;
  private long bytes = MAGIC.length;

  /** Up to here the disk has it. */
  private long synced = bytes;

  private Segment(FileChannel channel, ByteBuffer buffer, boolean fsync, Hold hold) {
    this.channel = channel;
    this.buffer = buffer;
    this.fsync = fsync;
    this.hold = hold;
    this.own = hold.take();
  }

  /**
   * Begins a file.
   *
   * @param buffer to write through, while no other segment does
   * @param hold of the file
   */
  static Segment create(Path file, ByteBuffer buffer, boolean fsync, Hold hold) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      write(channel, ByteBuffer.wrap(MAGIC));
      if (fsync) {
        forceFolder(file.resolveSibling("."));
      }
    } catch (IOException e) {
      channel.close();
      Files.deleteIfExists(file);
      throw e;
    }
    return new Segment(channel, buffer, fsync, hold);
  }

  /** Makes the disk have the names in a folder. */
  static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    }
  }

  /** What a file is called of which it is not known that it is applied. */
  static String name(long number) {
    return String.format(Locale.ROOT, "%012d%s", number, SUFFIX);
  }

  /** What a file is called that is applied up to this version of the database. */
  static String name(long number, long version) {
    return String.format(Locale.ROOT, "%012d.%d%s", number, version, SUFFIX);
  }

  /** The number in the name of a file; 0 where there is none. */
  static long number(Path file) {
    return number(file, 1);
  }

  /** The version in the name of a file; 0 where there is none. */
  static long version(Path file) {
    return number(file, 2);
  }

  private static long number(Path file, int group) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() && name.group(group) != null ? Long.parseLong(name.group(group)) : 0;
  }

  /** Puts an entry behind the others; {@link #sync} makes it durable. */
  void add(byte[] entry) throws IOException {
    put(
        ByteBuffer.allocate(HEAD_BYTES)
            .putInt(MARK)
            .putInt(entry.length)
            .putInt(checksum(entry, 0, entry.length))
            .flip());
    put(ByteBuffer.wrap(entry));
    bytes += HEAD_BYTES + entry.length;
  }

  private void put(ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int some = Math.min(buffer.remaining(), from.remaining());
      buffer.put(from.slice().limit(some));
      from.position(from.position() + some);
    }
  }

  private void flush() throws IOException {
    write(channel, buffer.flip());
    buffer.clear();
  }

  private static void write(FileChannel channel, ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      int written = channel.write(from);
      if (written == 0) {
        throw new IOException("the disk takes nothing more");
      }
    }
  }

  /** Of an entry's length and content. */
  static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /** Makes the disk have all entries. */
  void sync() throws IOException {
    flush();
    if (fsync) {
      channel.force(false);
    }
    synced = bytes;
  }

  /** Keeps the file for an entry of it. */
  Held hold() {
    return hold.take();
  }

  boolean full() {
    return bytes >= LIMIT_BYTES;
  }

  /** Whether all its entries are applied. */
  boolean idle() {
    return hold.takenOnce();
  }

  /** Writes no more to it; with its last entry the file is of the {@link KeptFiles}. */
  void close() {
    buffer.clear();
    try (channel) {
      if (synced < bytes) {
        channel.truncate(synced); // what is refused is no fact after a start either
      }
    } catch (IOException e) {
      // What was acknowledged is synced.
    }
    if (synced == MAGIC.length) {
      hold.release();
    } else {
      own.applied();
    }
  }
}
