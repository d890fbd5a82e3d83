package dev.assay.store.embedded;

import dev.assay.store.join.Join;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.concurrent.TimeUnit;

/** Which day a time belongs to, in the store's zone. */
final class Days {
  private static final long SECOND_MICROS = TimeUnit.SECONDS.toMicros(1);
  private static final long DAY_SECONDS = TimeUnit.DAYS.toSeconds(1);

  private final ZoneId zone;

  /** An offset makes new ones for each who asks. */
  private final ZoneRules rules;

  Days(ZoneId zone) {
    this.zone = zone;
    this.rules = zone.getRules();
  }

  /** Days since 1970-01-01. */
  int of(long micros) {
    long seconds = Math.floorDiv(micros, SECOND_MICROS);
    int offset = rules.getOffset(Join.instant(micros)).getTotalSeconds();
    return (int) Math.floorDiv(seconds + offset, DAY_SECONDS);
  }

  /** Midnight, the first moment of the day. */
  long startMicros(LocalDate day) {
    return Join.micros(day.atStartOfDay(zone).toInstant());
  }
}
