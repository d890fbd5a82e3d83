package dev.assay.bench.ingest;

/** What was measured while requests were sent. */
final class Phase {
  private final long[] nanos;
  private final double seconds;
  private final double settledSeconds;
  private final double cpuSeconds;

  /**
   * @param nanos from when each request was due until it was acknowledged, ascending
   * @param seconds that it took
   * @param settledSeconds until the server had done what was acknowledged
   * @param cpuSeconds that the server spent, with what it had to do afterwards
   */
  Phase(long[] nanos, double seconds, double settledSeconds, double cpuSeconds) {
    this.nanos = nanos;
    this.seconds = seconds;
    this.settledSeconds = settledSeconds;
    this.cpuSeconds = cpuSeconds;
  }

  int requests() {
    return nanos.length;
  }

  double cpuSeconds() {
    return cpuSeconds;
  }

  double settledSeconds() {
    return settledSeconds;
  }

  double requestsPerSecond() {
    return nanos.length / seconds;
  }

  double latencyMillis(double share) {
    return nanos[(int) Math.min(nanos.length - 1L, (long) (nanos.length * share))] / 1e6;
  }
}
