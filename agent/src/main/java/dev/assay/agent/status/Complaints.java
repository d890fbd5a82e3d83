package dev.assay.agent.status;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong: counted by reason, told once for each reason and place. Thread-safe.
 *
 * <p>A complaint never holds what a transcript says, only where it says it.
 */
public final class Complaints {
  /** Of more places it is no longer told, only counted. */
  static final int LIMIT_TOLD = 1_000;

  private final PrintStream out;
  private final Map<String, Long> counts = new TreeMap<>();
  private final Set<String> told = new HashSet<>();
  private @Nullable String last;

  /**
   * @param out where to tell it
   */
  public Complaints(PrintStream out) {
    this.out = out;
  }

  /**
   * Counts a complaint, and tells it unless it was told of the same place.
   *
   * @param reason a word or two with hyphens
   * @param where the file or folder, so that it is told once for each
   * @param message what happened, where, and what becomes of it
   */
  public synchronized void add(String reason, String where, String message) {
    counts.merge(reason, 1L, Long::sum);
    last = message;
    if (told.size() < LIMIT_TOLD && told.add(reason + "\n" + where)) {
      out.println("assay agent: " + message);
    }
  }

  /** How often, by reason. */
  public synchronized Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }

  /** The newest, or null. */
  public synchronized @Nullable String last() {
    return last;
  }
}
