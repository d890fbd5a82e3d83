package dev.assay.receiver.follow;

import java.time.Duration;
import java.time.Instant;

/** Whether time has passed, by a clock that people and machines set forward and back. */
final class Elapsed {
  /** Within one round the clock goes on: what is ahead by less was noted in this round. */
  private static final Duration ROUND = Duration.ofMinutes(1);

  private Elapsed() {}

  /**
   * Whether so much time has passed since then. What was noted under a clock that was set back
   * since lies in the future; nothing waits until that comes.
   */
  static boolean since(Instant then, Duration time, Instant now) {
    return !now.isBefore(then.plus(time)) || then.isAfter(now.plus(ROUND));
  }
}
