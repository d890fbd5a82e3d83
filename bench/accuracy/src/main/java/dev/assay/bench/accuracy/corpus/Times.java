package dev.assay.bench.accuracy.corpus;

import java.time.Duration;
import java.time.Instant;

/**
 * The attribution window round a merge: from 21 days before to 2 days after, both ends included.
 *
 * @param merged when the pull request was merged, whole seconds
 */
record Times(Instant merged) {
  private static final Duration BEFORE = Duration.ofDays(21);
  private static final Duration AFTER = Duration.ofDays(2);

  Instant opens() {
    return merged.minus(BEFORE);
  }

  Instant closes() {
    return merged.plus(AFTER);
  }

  boolean holds(Instant when) {
    return !when.isBefore(opens()) && !when.isAfter(closes());
  }
}
