package dev.assay.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a file of the journal, and finds its way again behind bytes that are damaged. */
final class SegmentReader {
  private final byte[] file;
  private final ByteBuffer buffer;

  private SegmentReader(byte[] file) {
    this.file = file;
    this.buffer = ByteBuffer.wrap(file);
  }

  /**
   * @param file at most {@link Segment#LIMIT_BYTES} and one group of commits, which memory holds
   */
  static Found read(Path file) throws IOException {
    return new SegmentReader(Files.readAllBytes(file)).read();
  }

  private Found read() {
    List<byte[]> entries = new ArrayList<>();
    boolean magic = startsWithMagic();
    // A file that ends within its first bytes was just begun.
    boolean damaged = !magic && file.length >= Segment.MAGIC.length;
    int at = magic ? Segment.MAGIC.length : 0;
    while (at < file.length) {
      if (whole(at)) {
        int from = at + Segment.HEAD_BYTES;
        at = from + buffer.getInt(from - 2 * Integer.BYTES);
        entries.add(Arrays.copyOfRange(file, from, at));
      } else {
        int next = at + 1;
        while (next < file.length && !whole(next)) {
          next++;
        }
        // Cut off while it was written: never acknowledged.
        damaged |= next < file.length || !cut(at);
        at = next;
      }
    }
    return new Found(entries, damaged);
  }

  private boolean startsWithMagic() {
    return file.length >= Segment.MAGIC.length
        && Arrays.equals(file, 0, Segment.MAGIC.length, Segment.MAGIC, 0, Segment.MAGIC.length);
  }

  private boolean whole(int at) {
    if (at + Segment.HEAD_BYTES > file.length || buffer.getInt(at) != Segment.MARK) {
      return false;
    }
    int length = buffer.getInt(at + Integer.BYTES);
    int from = at + Segment.HEAD_BYTES;
    return length >= 0
        && length <= file.length - from
        && buffer.getInt(at + 2 * Integer.BYTES) == Segment.checksum(file, from, length);
  }

  /** Whether the file ends within the entry that begins here. */
  private boolean cut(int at) {
    if (at + Segment.HEAD_BYTES > file.length) {
      return true;
    }
    int length = buffer.getInt(at + Integer.BYTES);
    return buffer.getInt(at) == Segment.MARK && length > file.length - at - Segment.HEAD_BYTES;
  }

  /**
   * What a file holds.
   *
   * @param entries that are whole, in order
   * @param damaged whether something in it is neither whole nor the cut end of a last entry
   */
  record Found(List<byte[]> entries, boolean damaged) {}
}
