package dev.assay.web.doctor;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param subject what was looked at, in a word or two
 * @param text what was found
 * @param mend what to do; null where there is nothing to do
 */
public record Finding(Level level, String subject, String text, @Nullable String mend) {

  /** How bad it is. */
  public enum Level {
    OK,
    /** Worth knowing; nothing has to be done. */
    NOTE,
    /** Something is missing or broken. */
    MEND
  }

  static Finding ok(String subject, String text) {
    return new Finding(Level.OK, subject, text, null);
  }

  static Finding note(String subject, String text, @Nullable String mend) {
    return new Finding(Level.NOTE, subject, text, mend);
  }

  static Finding mend(String subject, String text, String mend) {
    return new Finding(Level.MEND, subject, text, mend);
  }
}
