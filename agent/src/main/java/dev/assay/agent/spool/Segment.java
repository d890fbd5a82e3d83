package dev.assay.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file of the spool: a header of 8 bytes, then frames. A frame is the length of its message (4
 * bytes), the message's CRC-32C (4 bytes) and the message; a frame of length 0 ends a segment that
 * is complete. Numbers are big-endian.
 */
final class Segment implements AutoCloseable {
  static final byte[] HEADER = "ASSAYSP1".getBytes(StandardCharsets.US_ASCII);

  static final int FRAME_HEADER_BYTES = 8;

  /** No message is larger; a larger length is damage. */
  static final int LIMIT_MESSAGE_BYTES = 16 << 20;

  private final FileChannel channel;
  private long length;

  private Segment(FileChannel channel, long length) {
    this.channel = channel;
    this.length = length;
  }

  /** What stands at an offset. */
  sealed interface Frame {
    record Message(ByteBuffer bytes, long next) implements Frame {}

    /** The segment is complete. */
    record End() implements Frame {}

    /** Nothing more, or not all of it, was written. */
    record Unfinished() implements Frame {}

    /**
     * It is not what was written.
     *
     * @param why a word for a file name
     */
    record Damaged(String why) implements Frame {}
  }

  /**
   * Begins a segment of a new number. What is there under its name was begun on a disk that was
   * full, and holds nothing.
   */
  static Segment create(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      write(channel, ByteBuffer.wrap(HEADER), 0);
    } catch (IOException full) {
      channel.close();
      throw full;
    }
    return new Segment(channel, HEADER.length);
  }

  static Segment open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new Segment(channel, channel.size());
  }

  long length() {
    return length;
  }

  /** Appends a message; where that fails, nothing of it remains to be read. */
  void append(byte[] message) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER_BYTES + message.length);
    frame.putInt(message.length).putInt(checksum(message)).put(message).flip();
    try {
      write(channel, frame, length);
    } catch (IOException full) {
      channel.truncate(length);
      throw full;
    }
    length += FRAME_HEADER_BYTES + message.length;
  }

  /** Says that nothing more will come. */
  void end() throws IOException {
    write(channel, ByteBuffer.allocate(FRAME_HEADER_BYTES), length);
    length += FRAME_HEADER_BYTES;
    channel.force(false);
  }

  void sync() throws IOException {
    channel.force(false);
  }

  /** Cuts off what a crash left of an unfinished frame. */
  void truncate(long to) throws IOException {
    channel.truncate(to);
    length = to;
  }

  Frame read(long offset) throws IOException {
    if (offset == 0) {
      byte @Nullable [] header = bytes(0, HEADER.length);
      if (header == null) {
        return new Frame.Unfinished();
      }
      return Arrays.equals(header, HEADER) ? read(HEADER.length) : new Frame.Damaged("header");
    }
    byte @Nullable [] header = bytes(offset, FRAME_HEADER_BYTES);
    if (header == null) {
      return new Frame.Unfinished();
    }
    ByteBuffer fields = ByteBuffer.wrap(header);
    int size = fields.getInt();
    int checksum = fields.getInt();
    if (size == 0 && checksum == 0) {
      return new Frame.End();
    }
    if (size <= 0 || size > LIMIT_MESSAGE_BYTES) {
      return new Frame.Damaged("length");
    }
    byte @Nullable [] message = bytes(offset + FRAME_HEADER_BYTES, size);
    if (message == null) {
      return new Frame.Unfinished();
    }
    return checksum(message) == checksum
        ? new Frame.Message(ByteBuffer.wrap(message), offset + FRAME_HEADER_BYTES + size)
        : new Frame.Damaged("checksum");
  }

  private byte @Nullable [] bytes(long offset, int count) throws IOException {
    if (offset + count > length) {
      return null;
    }
    ByteBuffer into = ByteBuffer.allocate(count);
    while (into.hasRemaining()) {
      if (channel.read(into, offset + into.position()) < 0) {
        return null;
      }
    }
    return into.array();
  }

  private static void write(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  private static int checksum(byte[] message) {
    CRC32C checksum = new CRC32C();
    checksum.update(message, 0, message.length);
    return (int) checksum.getValue();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
