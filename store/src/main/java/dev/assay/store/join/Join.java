package dev.assay.store.join;

import dev.assay.store.fact.DecisionObservation.Outcome;
import dev.assay.store.fact.Source;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Which source is the best for which field. A rank is one number: the source's place in the upper
 * bits, and, where a tie is to go to the earlier or the later observation, its time in the lower 52
 * (microseconds since 1970, enough until the year 2112).
 *
 * <table>
 * <caption>Best source first</caption>
 * <tr><td>time, language and source of a decision; model, time and cost of a response; identity;
 *     terminal</td><td>event, transcript, hook, metric</td></tr>
 * <tr><td>lines, time, path and branch of an edit; version, entrypoint and host of a
 *     session</td><td>transcript, hook, event, metric</td></tr>
 * <tr><td>outcome of a decision</td><td>{@link #outcomeRank}</td></tr>
 * </table>
 */
public final class Join {
  /** A checkout with more remotes than this keeps the first of them in alphabetical order. */
  public static final int LIMIT_REPOSITORIES = 16;

  private static final Instant LAST =
      Instant.ofEpochSecond(Long.MAX_VALUE / 1_000_000_000).minusSeconds(1);
  private static final int TIME_BITS = 52;
  private static final long TIME_MASK = (1L << TIME_BITS) - 1;

  private Join() {}

  /** Claude Code's own telemetry knows best. */
  public static int telemetryFirst(Source source) {
    return switch (source) {
      case EVENT -> 4;
      case TRANSCRIPT -> 3;
      case HOOK -> 2;
      case METRIC -> 1;
    };
  }

  /** The agent, who sees the files, knows best. */
  public static int agentFirst(Source source) {
    return switch (source) {
      case TRANSCRIPT -> 4;
      case HOOK -> 3;
      case EVENT -> 2;
      case METRIC -> 1;
    };
  }

  /**
   * The order of what is said of a decision's outcome. Telemetry says ACCEPTED only where a tool
   * was let run, and a transcript only where it ran: either is certain. NONE from the agent stands
   * above telemetry's refusals, because clients before 2.1.216 report interrupts and failed
   * validation as {@code user_reject}. Otherwise telemetry tells a person's refusal from a rule's
   * better than the words of a transcript do.
   */
  public static int outcomeRank(Source source, Outcome outcome) {
    boolean telemetry = source == Source.EVENT || source == Source.METRIC;
    return switch (outcome) {
      case ACCEPTED -> telemetry ? 7 : 6;
      case NONE -> telemetry ? 1 : 5;
      case BLOCKED -> telemetry ? 4 : 2;
      case REJECTED -> telemetry ? 4 : 2;
    };
  }

  /** The rank of a place; among equals the earliest observation wins. */
  static long earliest(int place, Instant time) {
    return ((long) place << TIME_BITS) | (TIME_MASK - (micros(time) & TIME_MASK));
  }

  /** The rank of a place; among equals the latest observation wins. */
  static long latest(int place, Instant time) {
    return ((long) place << TIME_BITS) | (micros(time) & TIME_MASK);
  }

  /**
   * Microseconds since 1970, the resolution in which times are kept; never before 1970, and the
   * largest number for every time that is too late for one.
   */
  public static long micros(Instant time) {
    if (time.isBefore(Instant.EPOCH)) {
      return 0;
    }
    return time.isAfter(LAST)
        ? Long.MAX_VALUE
        : time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }

  /** The inverse of {@link #micros}. */
  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** The union, sorted, at most {@link #LIMIT_REPOSITORIES}. */
  static List<String> union(Collection<String> a, Collection<String> b) {
    TreeSet<String> all = new TreeSet<>(a);
    all.addAll(b);
    return all.stream().limit(LIMIT_REPOSITORIES).toList();
  }
}
