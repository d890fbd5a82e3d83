package dev.assay.web.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much is logged to standard error. Libraries say nothing below {@code info}, whatever is asked
 * for: their traces show the headers of requests, and with them tokens.
 */
final class Logs {
  private static final String OURS = "dev.assay";

  /** Kept here: a logger that nobody holds forgets its level. */
  private static final java.util.logging.Logger JAVA = java.util.logging.Logger.getLogger("");

  private Logs() {}

  /**
   * From now on.
   *
   * @param level error, warn, info, debug or trace
   */
  static void level(String level) {
    Level asked = Level.toLevel(level);
    Level libraries = asked.isGreaterOrEqual(Level.INFO) ? asked : Level.INFO;
    if (LoggerFactory.getLogger(OURS) instanceof Logger ours
        && LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      ours.setLevel(asked);
      root.setLevel(libraries);
    }
    JAVA.setLevel(
        libraries.equals(Level.ERROR)
            ? java.util.logging.Level.SEVERE
            : libraries.equals(Level.WARN)
                ? java.util.logging.Level.WARNING
                : java.util.logging.Level.INFO);
  }
}
