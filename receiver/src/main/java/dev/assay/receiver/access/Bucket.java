package dev.assay.receiver.access;

/** A token bucket: filled evenly up to the burst, emptied by one for each request. */
final class Bucket {
  private static final double NANOS = 1e9;

  private final RateLimit limit;
  private double left;
  private long filledNanos;

  Bucket(RateLimit limit, long nowNanos) {
    this.limit = limit;
    this.left = limit.burst();
    this.filledNanos = nowNanos;
  }

  /** 0 where one was taken, else after how many milliseconds there will be one. */
  synchronized long take(long nowNanos) {
    long passed = Math.max(0, nowNanos - filledNanos);
    left = Math.min(limit.burst(), left + passed / NANOS * limit.requestsPerSecond());
    filledNanos = nowNanos;
    if (left >= 1) {
      left -= 1;
      return 0;
    }
    return Math.max(1, (long) Math.ceil((1 - left) / limit.requestsPerSecond() * 1000));
  }
}
