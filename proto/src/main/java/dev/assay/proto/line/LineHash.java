package dev.assay.proto.line;

import java.nio.charset.StandardCharsets;

/**
 * 64 bits that stand for a normalised line while lines are counted. Most lines of source are ASCII;
 * those are normalised and hashed from their bytes, without a String.
 */
public final class LineHash {
  /** What no line has: the hash of nothing. */
  public static final long NONE = 0;

  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private LineHash() {}

  /** Of a line that is normalised already; {@link #NONE} for the empty one. */
  public static long of(String normalised) {
    long hash = 0;
    for (int i = 0; i < normalised.length(); i++) {
      hash = step(hash, normalised.charAt(i));
    }
    return normalised.isEmpty() ? NONE : mixed(hash);
  }

  /** Of a raw line; {@link #NONE} where nothing remains of it. */
  public static long of(byte[] raw, int from, int to) {
    long hash = 0;
    boolean gap = false;
    boolean any = false;
    for (int i = from; i < to; i++) {
      int c = raw[i];
      if (c < 0) {
        String text = new String(raw, from, to - from, StandardCharsets.UTF_8);
        return of(NormalisedLine.of(text).text());
      }
      if (c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31)) {
        gap = true;
        continue;
      }
      if (gap && any) {
        hash = step(hash, ' ');
      }
      gap = false;
      any = true;
      hash = step(hash, c == '\'' || c == '`' ? '"' : c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return any ? mixed(hash) : NONE;
  }

  private static long step(long hash, int c) {
    return (hash + c + 1) * FACTOR;
  }

  private static long mixed(long hash) {
    long h = hash ^ (hash >>> 32);
    h *= 0xD6E8FEB86659FD93L;
    h ^= h >>> 32;
    return h == NONE ? 1 : h;
  }
}
