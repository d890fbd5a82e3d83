package dev.assay.receiver.otlp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;

/**
 * Ends with an exception where a stream is longer than it may be: a compressed body without end can
 * decompress to nothing at all.
 */
final class LimitedInput extends FilterInputStream {
  private long left;

  LimitedInput(InputStream in, long limitBytes) {
    super(in);
    this.left = limitBytes;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    count(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    count(Math.max(0, read));
    return read;
  }

  private void count(int read) throws LimitExceededException {
    left -= read;
    if (left < 0) {
      throw new LimitExceededException();
    }
  }

  static final class LimitExceededException extends IOException {
    @Serial private static final long serialVersionUID = 1L;
  }
}
