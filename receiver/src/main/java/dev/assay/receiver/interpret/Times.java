package dev.assay.receiver.interpret;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times on the wire: unsigned nanoseconds since 1970, 0 for "not told". */
final class Times {
  private static final long NANOS = 1_000_000_000L;

  private Times() {}

  /** Null for 0 and for what lies beyond the year 2262, which no clock shows. */
  static @Nullable Instant ofUnixNanos(long nanos) {
    return nanos <= 0 ? null : Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
  }

  /** Null for what is no ISO 8601 instant after 1970. */
  static @Nullable Instant ofIso(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      Instant instant = Instant.parse(text);
      boolean plausible =
          instant.isAfter(Instant.EPOCH)
              && instant.isBefore(Instant.ofEpochSecond(Long.MAX_VALUE / NANOS));
      return plausible ? instant : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
