package dev.assay.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PatienceTest {
  private final Patience patience = new Patience();

  private boolean exceeded(long waitedMillis, long nowMillis) {
    return patience.exceeded(
        TimeUnit.MILLISECONDS.toNanos(waitedMillis), TimeUnit.MILLISECONDS.toNanos(nowMillis));
  }

  @Test
  void burst_mayWaitForTheWholeLimit() {
    for (long now = 0; now < 10 * Patience.INTERVAL_MILLIS; now += 100) {
      assertThat(exceeded(Patience.LIMIT_MILLIS, now)).as("at %d ms", now).isFalse();
      assertThat(exceeded(Patience.TARGET_MILLIS, now)).as("others need not wait").isFalse();
    }
    assertThat(exceeded(Patience.LIMIT_MILLIS + 1, 1)).isTrue();
  }

  /** So many requests wait so long, within the first interval. */
  private void queue(int requests, long waitMillis) {
    for (int i = 0; i < requests; i++) {
      assertThat(exceeded(waitMillis, i * (Patience.INTERVAL_MILLIS - 1) / requests)).isFalse();
    }
  }

  @Test
  void standingQueue_isCutShort_fromTheNextIntervalOn() {
    queue(Patience.LEAST_SEEN, Patience.TARGET_MILLIS + 1);
    assertThat(exceeded(Patience.LIMIT_MILLIS, Patience.INTERVAL_MILLIS - 1)).isFalse();
    assertThat(exceeded(Patience.LIMIT_STANDING_MILLIS, Patience.INTERVAL_MILLIS)).isFalse();
    assertThat(exceeded(Patience.LIMIT_STANDING_MILLIS + 1, Patience.INTERVAL_MILLIS)).isTrue();
  }

  @Test
  void fewRequests_areNoQueue_andNeitherAreShortWaits() {
    queue(Patience.LEAST_SEEN - 1, Patience.TARGET_MILLIS + 1);
    assertThat(exceeded(Patience.LIMIT_MILLIS, Patience.INTERVAL_MILLIS)).isFalse();
    Patience other = new Patience();
    for (int i = 0; i < Patience.LEAST_SEEN; i++) {
      other.exceeded(TimeUnit.MILLISECONDS.toNanos(Patience.TARGET_MILLIS), i);
    }
    assertThat(
            other.exceeded(
                TimeUnit.MILLISECONDS.toNanos(Patience.LIMIT_MILLIS),
                TimeUnit.MILLISECONDS.toNanos(Patience.INTERVAL_MILLIS)))
        .isFalse();
  }

  @Test
  void queueThatWasEmptyOnce_stands_noMore() {
    standingQueue_isCutShort_fromTheNextIntervalOn();
    assertThat(exceeded(0, Patience.INTERVAL_MILLIS + 1)).isFalse();
    assertThat(exceeded(Patience.LIMIT_MILLIS, 2 * Patience.INTERVAL_MILLIS)).isFalse();
  }

  @Test
  void intervalWithoutRequests_isNoSign() {
    queue(Patience.LEAST_SEEN, Patience.LIMIT_MILLIS);
    assertThat(exceeded(Patience.LIMIT_MILLIS, 2 * Patience.INTERVAL_MILLIS)).isFalse();
  }
}
