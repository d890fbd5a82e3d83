package dev.assay.web.command;

import ch.qos.logback.classic.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much is logged to standard error. */
final class Logs {
  private Logs() {}

  /**
   * From now on.
   *
   * @param level error, warn, info, debug or trace
   */
  static void level(String level) {
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)
        instanceof ch.qos.logback.classic.Logger root) {
      root.setLevel(Level.toLevel(level));
    }
  }
}
