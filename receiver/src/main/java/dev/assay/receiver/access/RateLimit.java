package dev.assay.receiver.access;

/**
 * How often one token may ask.
 *
 * @param requestsPerSecond in the long run; 0: as often as it likes
 * @param burst at once
 */
public record RateLimit(double requestsPerSecond, int burst) {
  /** As often as it likes. */
  public static RateLimit none() {
    return new RateLimit(0, 1);
  }

  boolean limits() {
    return requestsPerSecond > 0;
  }
}
