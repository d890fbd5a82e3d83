package dev.assay.store.embedded;

import dev.assay.store.join.Join;
import java.time.LocalDate;
import java.time.ZoneId;

/** Which day a time belongs to, in the store's zone. */
record Days(ZoneId zone) {

  /** Days since 1970-01-01. */
  int of(long micros) {
    return (int) LocalDate.ofInstant(Join.instant(micros), zone).toEpochDay();
  }

  /** Midnight, the first moment of the day. */
  long startMicros(LocalDate day) {
    return Join.micros(day.atStartOfDay(zone).toInstant());
  }
}
