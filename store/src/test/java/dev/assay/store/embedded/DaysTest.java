package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.join.Join;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DaysTest {
  /** Also where clocks are put forward at midnight, a day is skipped, or an offset has seconds. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "+05:45",
        "Europe/Berlin",
        "America/Sao_Paulo",
        "Pacific/Apia",
        "Africa/Monrovia"
      })
  void aTimeIsOfTheDay_thatTheCalendarOfItsZoneShows(String name) {
    ZoneId zone = ZoneId.of(name);
    Days days = new Days(zone);
    Random random = new Random(name.hashCode());
    for (int i = 0; i < 20_000; i++) {
      long micros = random.nextLong(Join.micros(Instant.parse("2100-01-01T00:00:00Z")));
      LocalDate day = LocalDate.ofInstant(Join.instant(micros), zone);
      assertThat(days.of(micros)).isEqualTo((int) day.toEpochDay());
      long midnight = Join.micros(day.atStartOfDay(zone).toInstant());
      assertThat(days.startMicros(day)).isEqualTo(midnight);
      if (midnight > 0) {
        assertThat(days.of(midnight)).isEqualTo((int) day.toEpochDay());
        assertThat(days.of(midnight - 1)).isLessThan((int) day.toEpochDay());
      }
    }
    assertThat(days.of(0)).isEqualTo((int) LocalDate.ofInstant(Instant.EPOCH, zone).toEpochDay());
  }
}
