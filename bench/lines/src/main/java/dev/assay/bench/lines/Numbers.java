package dev.assay.bench.lines;

/** What a line of a number is: the same for all who are measured. Nothing of it compresses. */
public final class Numbers {
  /** Of the first edit. */
  private static final int FIRST_SECOND = 1_760_000_000;

  private Numbers() {}

  /** Bits that look random, other ones for each number (SplitMix64). */
  public static long mix(long number) {
    long z = (number + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The first 64 bits of a line's key; never 0. */
  public static long keyHigh(long line) {
    return mix(2 * line) | 1L << 7;
  }

  /** The last 32 bits of a line's key. */
  public static int keyLow(long line) {
    return (int) mix(2 * line + 1);
  }

  /** The second in which an edit was made: an edit each second. */
  public static int second(long edit) {
    return FIRST_SECOND + (int) edit;
  }

  /** The hash of an edit's id; never 0. */
  public static long edit(long edit) {
    return mix(~edit) | 1L << 7;
  }
}
