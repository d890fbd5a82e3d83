package dev.assay.proto.signature;

/** How the line index knows a line whose text it never saw. */
public final class IndexedHash {
  private IndexedHash() {}

  /** As no normalised line can be: with a line break. */
  public static String of(long hash) {
    return "\n" + Long.toHexString(hash);
  }
}
