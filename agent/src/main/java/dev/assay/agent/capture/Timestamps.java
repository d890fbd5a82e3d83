package dev.assay.agent.capture;

import java.time.DateTimeException;
import java.time.Instant;

/** Reads the transcripts' {@code 2026-11-22T16:12:14.026Z} without java.time on the usual path. */
final class Timestamps {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private Timestamps() {}

  /** Nanoseconds since 1970; 0 where the text is no time. */
  static long unixNanos(String text) {
    if (text.length() == 24 && text.charAt(23) == 'Z' && text.charAt(19) == '.') {
      long year = digits(text, 0, 4);
      long month = digits(text, 5, 7);
      long day = digits(text, 8, 10);
      long seconds = digits(text, 11, 13) * 3600 + digits(text, 14, 16) * 60 + digits(text, 17, 19);
      long millis = digits(text, 20, 23);
      if (year >= 1970 && month >= 1 && month <= 12 && day >= 1 && seconds >= 0 && millis >= 0) {
        return (daysSince1970(year, month, day) * 86_400 + seconds) * NANOS_PER_SECOND
            + millis * 1_000_000;
      }
    }
    try {
      Instant instant = Instant.parse(text);
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
    } catch (DateTimeException | ArithmeticException notATime) {
      return 0;
    }
  }

  /** The proleptic Gregorian calendar, with years that begin in March. */
  private static long daysSince1970(long year, long month, long day) {
    long y = month <= 2 ? year - 1 : year;
    long era = y / 400;
    long yearOfEra = y - era * 400;
    long dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }

  private static long digits(String text, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return Integer.MIN_VALUE;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
