package dev.assay.agent.capture;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/**
 * Reads whole lines of a file from a given offset, in bounded memory. A last line without its line
 * break is not given: it may still grow. One buffer serves all files; a line stands in it until the
 * next call.
 */
final class LineReader {
  /**
   * A longer line is skipped and counted; the longest that Claude Code was seen to write has 2 MiB.
   */
  static final int LIMIT_LINE_BYTES = 16 << 20;

  private static final int FIRST_BUFFER_BYTES = 256 << 10;

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LINE_BREAKS = 0x0a0a0a0a0a0a0a0aL;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final int limitBytes;
  private byte[] buffer;
  private int filled;
  private int next;
  private long bufferOffset;
  private long lineOffset;
  private int lineStart;
  private int lineEnd;
  private boolean tooLong;

  LineReader() {
    this(LIMIT_LINE_BYTES, FIRST_BUFFER_BYTES);
  }

  LineReader(int limitBytes, int firstBufferBytes) {
    this.limitBytes = limitBytes;
    this.buffer = new byte[Math.min(firstBufferBytes, limitBytes + 1)];
  }

  /** Begins anew at an offset of a file. */
  void start(long offset) {
    filled = 0;
    next = 0;
    bufferOffset = offset;
    if (buffer.length > FIRST_BUFFER_BYTES) {
      buffer = new byte[FIRST_BUFFER_BYTES]; // one huge line must not cost memory for ever
    }
  }

  /**
   * Goes on to the next whole line.
   *
   * @return whether there is one
   */
  boolean next(SeekableByteChannel channel) throws IOException {
    tooLong = false;
    lineOffset = bufferOffset + next;
    int searched = next;
    while (true) {
      int end = indexOfLineBreak(buffer, searched, filled);
      if (end >= 0) {
        lineStart = next;
        lineEnd = end;
        next = end + 1;
        tooLong |= lineEnd - lineStart > limitBytes;
        return true;
      }
      if (filled - next > limitBytes) {
        // The line is lost anyway: keep none of it, but find its end.
        tooLong = true;
        bufferOffset += filled;
        filled = 0;
        next = 0;
      }
      makeRoom();
      searched = filled;
      channel.position(bufferOffset + filled);
      int read = channel.read(ByteBuffer.wrap(buffer, filled, buffer.length - filled));
      if (read <= 0) {
        if (tooLong) {
          start(lineOffset); // it may still end within another read
        }
        return false;
      }
      filled += read;
    }
  }

  private void makeRoom() {
    if (next > 0) {
      System.arraycopy(buffer, next, buffer, 0, filled - next);
      bufferOffset += next;
      filled -= next;
      next = 0;
    }
    if (filled == buffer.length) {
      buffer =
          Arrays.copyOf(buffer, (int) Math.min(buffer.length * 2L, Math.max(limitBytes + 1L, 2)));
    }
  }

  byte[] buffer() {
    return buffer;
  }

  int lineStart() {
    return lineStart;
  }

  int lineEnd() {
    return lineEnd;
  }

  /** Whether the line was longer than the limit; its bytes are then not all there. */
  boolean tooLong() {
    return tooLong;
  }

  /** Offset in the file of the first byte of the line. */
  long lineOffset() {
    return lineOffset;
  }

  /** Offset in the file behind the last line that was given. */
  long offset() {
    return bufferOffset + next;
  }

  /**
   * Eight bytes at a time: a third of the time of a plain loop, where the JVM's second compiler is
   * off, and most of what a transcript costs that needs no parsing.
   */
  private static int indexOfLineBreak(byte[] bytes, int from, int to) {
    int i = from;
    for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
      // A byte of the difference is 0 where a line break stands; the lowest one found is exact.
      long difference = (long) EIGHT_BYTES.get(bytes, i) ^ LINE_BREAKS;
      long found = (difference - LOW_BITS) & ~difference & HIGH_BITS;
      if (found != 0) {
        return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    for (; i < to; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
