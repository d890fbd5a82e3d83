package dev.assay.store.embedded;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * One entry of an {@link EditFile}: a head, a link for each file of the edit, and the edit itself.
 * An entry whose hash is 0 is an edit that was erased: zeros, but for its links.
 */
final class EditEntry {
  /** Bytes before the links: the edit's length, checksum, the edit's hash, how many links. */
  static final int HEAD = Integer.BYTES + Integer.BYTES + Long.BYTES + Integer.BYTES;

  /** The file of an edit is known by so many names at most; agents send a handful. */
  static final int LIMIT_LINKS = 1 << 16;

  /** Where no entry is before. */
  static final long NONE = -1;

  private static final int CHECKSUM = Integer.BYTES;

  /** What the checksum is of begins behind it. */
  private static final int HASH = CHECKSUM + Integer.BYTES;

  private static final int LINKS = HASH + Long.BYTES;

  /** The hash of a file, and where the entry before of the same file begins. */
  private static final int LINK_BYTES = Long.BYTES + Long.BYTES;

  private final byte[] bytes;
  private final ByteBuffer fields;

  private EditEntry(byte[] bytes) {
    this.bytes = bytes;
    this.fields = ByteBuffer.wrap(bytes);
  }

  /**
   * Makes one.
   *
   * @param ofFiles the hashes of its files
   * @param before where the entry before of each begins
   */
  static EditEntry of(long hash, long[] ofFiles, long[] before, byte[] edit) {
    EditEntry entry = new EditEntry(new byte[HEAD + ofFiles.length * LINK_BYTES + edit.length]);
    entry.fields.putInt(edit.length).putInt(0).putLong(hash).putInt(ofFiles.length);
    for (int link = 0; link < ofFiles.length; link++) {
      entry.fields.putLong(ofFiles[link]).putLong(before[link]);
    }
    entry.fields.put(edit);
    entry.seal();
    return entry;
  }

  /**
   * How long the entry is that begins there; -1 where that is none.
   *
   * @param head at least {@link #HEAD} bytes from there on
   */
  static long size(byte[] head, int from) {
    ByteBuffer fields = ByteBuffer.wrap(head, from, HEAD);
    int edit = fields.getInt(from);
    int links = fields.getInt(from + LINKS);
    return edit < 0 || links < 0 || links > LIMIT_LINKS
        ? -1
        : HEAD + (long) links * LINK_BYTES + edit;
  }

  /** Whether an entry is as it was sealed. */
  static boolean isWhole(byte[] bytes, int from, int size) {
    return ByteBuffer.wrap(bytes).getInt(from + CHECKSUM) == checksum(bytes, from, size);
  }

  /** One that is whole. */
  static EditEntry read(byte[] bytes, int size) {
    return new EditEntry(Arrays.copyOf(bytes, size));
  }

  private static int checksum(byte[] bytes, int from, int size) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, from, CHECKSUM);
    sum.update(bytes, from + HASH, size - HASH);
    return (int) sum.getValue();
  }

  private void seal() {
    fields.putInt(CHECKSUM, checksum(bytes, 0, bytes.length));
  }

  byte[] bytes() {
    return bytes;
  }

  /** Of its edit; 0 where that was erased. */
  long hash() {
    return fields.getLong(HASH);
  }

  /** The edit, as {@link EditRecord} writes it. */
  byte[] edit() {
    return Arrays.copyOfRange(bytes, bytes.length - fields.getInt(0), bytes.length);
  }

  /** Where the entry before of a file begins. */
  long before(long ofFile) {
    int links = fields.getInt(LINKS);
    for (int at = HEAD; at < HEAD + links * LINK_BYTES; at += LINK_BYTES) {
      if (fields.getLong(at) == ofFile) {
        return fields.getLong(at + Long.BYTES);
      }
    }
    return NONE;
  }

  /** Leaves its links, and zeros for the rest. */
  void erase() {
    fields.putLong(HASH, 0);
    Arrays.fill(bytes, bytes.length - fields.getInt(0), bytes.length, (byte) 0);
    seal();
  }
}
