package dev.assay.web.command;

import java.io.PrintStream;

/**
 * What a person sees while something long goes on: one line that is rewritten where there is a
 * terminal, else a line now and then. All methods may be called from any thread.
 */
final class Terminal {
  private static final long PLAIN_EVERY_MILLIS = 10_000;
  private static final long REWRITE_EVERY_MILLIS = 100;
  private static final String ERASE_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final boolean rewrites;
  private boolean onLine;
  private long lastMillis;

  /**
   * @param rewrites whether the stream is a terminal
   */
  Terminal(PrintStream out, boolean rewrites) {
    this.out = out;
    this.rewrites = rewrites;
    this.lastMillis = now() - PLAIN_EVERY_MILLIS;
  }

  /** Standard error; the launcher says whether it is a terminal. */
  static Terminal standardError() {
    return new Terminal(System.err, Boolean.getBoolean("assay.terminal"));
  }

  /** How far something is. Most calls show nothing: a reader is not to be flooded. */
  synchronized void progress(String text) {
    long sinceMillis = now() - lastMillis;
    if (sinceMillis < (rewrites ? REWRITE_EVERY_MILLIS : PLAIN_EVERY_MILLIS)) {
      return;
    }
    lastMillis = now();
    if (rewrites) {
      out.print(ERASE_LINE + text);
      onLine = true;
    } else {
      out.println(text);
    }
    out.flush();
  }

  /** Something to keep: takes the place of the progress line. */
  synchronized void say(String text) {
    clear();
    out.println(text);
    out.flush();
  }

  /** Takes the progress line away; the next progress shows at once. */
  synchronized void clear() {
    if (onLine) {
      out.print(ERASE_LINE);
      out.flush();
      onLine = false;
    }
    lastMillis = now() - PLAIN_EVERY_MILLIS;
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }
}
