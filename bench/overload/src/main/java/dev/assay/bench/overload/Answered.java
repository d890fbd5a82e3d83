package dev.assay.bench.overload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of the requests of one phase. Filled from any thread, read when all are answered. */
final class Answered {
  private final List<Long> nanos = new ArrayList<>();
  private final List<Sent> acknowledged = new ArrayList<>();
  private final Map<String, Long> refused = new TreeMap<>();
  private long untold;
  private long unknown;

  /**
   * A request.
   *
   * @param load whose it is
   * @param number which of that load's
   */
  record Sent(int load, long number) {}

  /** Acknowledged, so long after it was due. */
  synchronized void acknowledged(Sent sent, long nanosSinceDue) {
    acknowledged.add(sent);
    nanos.add(nanosSinceDue);
  }

  /**
   * Refused: nothing of it was kept.
   *
   * @param told whether its sender heard when to come back
   */
  synchronized void refused(String why, boolean told) {
    refused.merge(why, 1L, Long::sum);
    untold += told ? 0 : 1;
  }

  /** Not answered in time, or the connection broke: it may be kept, or not. */
  synchronized void unknown() {
    unknown++;
  }

  synchronized List<Sent> acknowledged() {
    return List.copyOf(acknowledged);
  }

  synchronized long refused() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many were refused, by what the server said. */
  synchronized Map<String, Long> reasons() {
    return new TreeMap<>(refused);
  }

  /** Refused without a word on when to come back. */
  synchronized long untold() {
    return untold;
  }

  synchronized long unknownOnes() {
    return unknown;
  }

  /** Of those that were acknowledged; 0 where none was. */
  synchronized double latencyMillis(double share) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1e6;
  }
}
