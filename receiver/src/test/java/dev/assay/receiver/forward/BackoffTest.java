package dev.assay.receiver.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private static ForwardOptions.Retry retry(boolean enabled, long elapsedSeconds) {
    return new ForwardOptions.Retry(
        enabled,
        Duration.ofSeconds(5),
        0.5,
        1.5,
        Duration.ofSeconds(10),
        Duration.ofSeconds(elapsedSeconds));
  }

  @Test
  void pauses_growToTheLongest() {
    Backoff backoff = new Backoff(retry(true, 0));
    for (long expected : new long[] {5000, 7500, 10_000, 10_000}) {
      assertThat(backoff.pause(0, 0, 0.5)).hasValue(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 2500", "0.5, 5000", "0.99, 7450"})
  void chance_shortensOrLengthensByHalf(double chance, long expected) {
    assertThat(new Backoff(retry(true, 0)).pause(0, 0, chance)).hasValue(expected);
  }

  @Test
  void whatTheEndpointAsksFor_isKept_alsoPastTheLongest() {
    assertThat(new Backoff(retry(true, 0)).pause(0, 60_000, 0.5)).hasValue(60_000);
    assertThat(new Backoff(retry(true, 0)).pause(0, 10, 0.5)).hasValue(5000);
  }

  @ParameterizedTest
  @CsvSource({"25000, true", "25001, false"})
  void givenUp_whereThePauseEndsTooLate(long elapsed, boolean again) {
    OptionalLong pause = new Backoff(retry(true, 30)).pause(elapsed, 0, 0.5);
    assertThat(pause.isPresent()).isEqualTo(again);
  }

  @Test
  void switchedOff_isGivenUpAtOnce() {
    assertThat(new Backoff(retry(false, 0)).pause(0, 0, 0.5)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | 7000",
        "0 | 0",
        "-3 | 0",
        "soon | 0",
        "99999999999999999999 | 0",
        "Sun, 22 Nov 2026 12:00:30 GMT | 30000",
        "Sun, 22 Nov 2026 11:00:00 GMT | 0"
      })
  void retryAfter(String header, long expected) {
    assertThat(HttpLink.retryMillis(header, Instant.parse("2026-11-22T12:00:00Z")))
        .isEqualTo(expected);
  }
}
