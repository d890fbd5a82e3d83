package dev.assay.receiver.interpret;

import com.google.protobuf.ByteString;

/** The Fowler-Noll-Vo hash FNV-1a, 64 bits: the same in every process, which hashCode is not. */
final class Fnv {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Fnv() {}

  static long hash64(ByteString bytes) {
    long hash = OFFSET;
    for (int i = 0; i < bytes.size(); i++) {
      hash = (hash ^ (bytes.byteAt(i) & 0xff)) * PRIME;
    }
    return hash;
  }
}
