package dev.assay.receiver.otlp;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads a body whose size nobody promises. */
final class Body {
  private static final int FIRST_BYTES = 64 * 1024;

  private Body() {}

  /**
   * All bytes of a stream. Takes room in the gate before it takes memory.
   *
   * @param expected how many there will be; -1 where unknown
   */
  static byte[] read(InputStream in, int expected, int limitBytes, Gate.Place place)
      throws IOException, Refused {
    if (expected > limitBytes) {
      throw tooLarge(limitBytes);
    }
    int size = Math.min(limitBytes, expected >= 0 ? expected : FIRST_BYTES);
    place.grow(size);
    byte[] bytes = new byte[size];
    int length = 0;
    while (true) {
      length += in.readNBytes(bytes, length, bytes.length - length);
      if (length < bytes.length) {
        return Arrays.copyOf(bytes, length);
      }
      int next = in.read();
      if (next < 0) {
        return bytes; // as many as expected: nothing was copied
      }
      if (length == limitBytes) {
        throw tooLarge(limitBytes);
      }
      int larger = (int) Math.min(limitBytes, bytes.length * 2L + 1);
      place.grow(larger - bytes.length);
      bytes = Arrays.copyOf(bytes, larger);
      bytes[length++] = (byte) next;
    }
  }

  static Refused tooLarge(int limitBytes) {
    return new Refused(
        Cause.TOO_LARGE, "the message is larger than " + limitBytes + " bytes, decompressed");
  }

  static Refused damaged(String what) {
    return new Refused(Cause.MALFORMED, what);
  }
}
