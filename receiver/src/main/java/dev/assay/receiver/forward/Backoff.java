package dev.assay.receiver.forward;

import java.util.OptionalLong;

/**
 * How long to wait before a request is sent again. The pauses grow; each is shortened or lengthened
 * by chance, so that many senders do not come back together.
 */
final class Backoff {
  private final ForwardOptions.Retry retry;
  private double nextMillis;

  Backoff(ForwardOptions.Retry retry) {
    this.retry = retry;
    this.nextMillis = Math.min(retry.initial().toMillis(), retry.most().toMillis());
  }

  /**
   * The next pause in milliseconds, not below what the endpoint asked for; empty where the request
   * is to be given up, also because it would be too late after the pause.
   *
   * @param elapsedMillis since the first attempt
   * @param askedMillis by the endpoint; 0 where it did not ask
   * @param chance from 0 to below 1
   */
  OptionalLong pause(long elapsedMillis, long askedMillis, double chance) {
    if (!retry.enabled()) {
      return OptionalLong.empty();
    }
    double spread = nextMillis * (1 - retry.spread() + 2 * retry.spread() * chance);
    nextMillis = Math.min(nextMillis * retry.growth(), (double) retry.most().toMillis());
    long pause = Math.max(Math.max(1, askedMillis), (long) spread);
    long limit = retry.elapsed().toMillis();
    return limit > 0 && elapsedMillis > limit - pause
        ? OptionalLong.empty()
        : OptionalLong.of(pause);
  }
}
