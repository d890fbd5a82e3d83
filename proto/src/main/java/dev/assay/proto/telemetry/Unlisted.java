package dev.assay.proto.telemetry;

import com.google.protobuf.ByteString;

/**
 * Stands in for the attributes of a data point that may not pass: two series that differ in them
 * alone stay two, wherever they are kept or forwarded. The hash is FNV-1a (Fowler-Noll-Vo), 64
 * bits: the same in every process, which hashCode is not. It has no key: who guesses a value can
 * tell that the guess was right.
 */
public final class Unlisted {
  /** The attribute; its value is the hash in hexadecimal digits. */
  public static final String NAME = "assay.unlisted";

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Unlisted() {}

  /**
   * The hash of one attribute. Those of several are added, for their order means nothing.
   *
   * @param pair the attribute as it travels
   */
  public static long hash(ByteString pair) {
    long hash = OFFSET;
    for (int i = 0; i < pair.size(); i++) {
      hash = (hash ^ (pair.byteAt(i) & 0xff)) * PRIME;
    }
    return hash;
  }
}
