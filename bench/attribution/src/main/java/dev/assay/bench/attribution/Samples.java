package dev.assay.bench.attribution;

import java.util.Arrays;

/** Durations in nanoseconds. */
final class Samples {
  private long[] nanos = new long[64];
  private int size;

  void add(long duration) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, size * 2);
    }
    nanos[size++] = duration;
  }

  int size() {
    return size;
  }

  /** Milliseconds that so many of a hundred do not exceed; 0 where nothing was measured. */
  double millis(int percent) {
    if (size == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    return sorted[Math.min(size - 1, size * percent / 100)] / 1e6;
  }

  double median() {
    return millis(50);
  }
}
