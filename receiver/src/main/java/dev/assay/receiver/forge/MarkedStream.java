package dev.assay.receiver.forge;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * One answer of a process that goes on running: a stream that ends before a line that the process
 * writes last. Nothing follows the mark until something else is asked, so that it stands at the end
 * of what can be read; that it stands nowhere else is for the one who chose it to know.
 */
final class MarkedStream extends InputStream {
  private final InputStream in;
  private final byte[] mark;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int filled;
  private boolean marked;

  /**
   * @param mark a whole line, with the line feeds before and after it; the first one belongs to the
   *     answer
   */
  MarkedStream(InputStream in, byte[] mark) {
    this.in = in;
    this.mark = mark.clone();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (ready() == 0) {
      if (marked) {
        return -1;
      }
      fill();
    }
    int some = Math.min(length, ready());
    System.arraycopy(buffer, at, into, from, some);
    at += some;
    return some;
  }

  /** What surely comes before the mark. */
  private int ready() {
    return Math.max(0, filled - at - (mark.length - 1));
  }

  private void fill() throws IOException {
    if (at > 0) {
      System.arraycopy(buffer, at, buffer, 0, filled - at);
      filled -= at;
      at = 0;
    }
    int read = in.read(buffer, filled, buffer.length - filled);
    if (read < 0) {
      throw new IOException("an answer broke off");
    }
    filled += read;
    marked =
        filled >= mark.length
            && Arrays.equals(buffer, filled - mark.length, filled, mark, 0, mark.length);
  }

  /** Reads and drops what is left of the answer. */
  void drain() throws IOException {
    while (!marked) {
      at = Math.max(at, filled - (mark.length - 1));
      fill();
    }
  }
}
