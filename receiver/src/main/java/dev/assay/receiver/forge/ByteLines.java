package dev.assay.receiver.forge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a stream that end with one byte (a line feed, a NUL), decoded as UTF-8. A carriage
 * return is content: git knows no other line end than LF. What is no UTF-8 becomes U+FFFD.
 */
final class ByteLines {
  private final InputStream in;
  private final byte end;
  private final int limitBytes;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int filled;
  private byte[] part = new byte[256];

  /**
   * @param limitBytes what is kept of a part; the rest of it is read and dropped
   */
  ByteLines(InputStream in, char end, int limitBytes) {
    this.in = in;
    this.end = (byte) end;
    this.limitBytes = limitBytes;
  }

  /** The next part without its end; null at the end of the stream. */
  @Nullable String next() throws IOException {
    int length = 0;
    boolean any = false;
    while (true) {
      if (at == filled) {
        filled = in.read(buffer);
        at = 0;
        if (filled <= 0) {
          filled = 0;
          return any ? text(length) : null;
        }
      }
      any = true;
      int stop = at;
      while (stop < filled && buffer[stop] != end) {
        stop++;
      }
      length = keep(length, stop);
      boolean ended = stop < filled;
      at = ended ? stop + 1 : stop;
      if (ended) {
        return text(length);
      }
    }
  }

  private int keep(int length, int stop) {
    int more = Math.min(stop - at, limitBytes - length);
    if (length + more > part.length) {
      part = Arrays.copyOf(part, Math.max(length + more, part.length * 2));
    }
    System.arraycopy(buffer, at, part, length, more);
    return length + more;
  }

  private String text(int length) {
    return new String(part, 0, length, StandardCharsets.UTF_8);
  }
}
