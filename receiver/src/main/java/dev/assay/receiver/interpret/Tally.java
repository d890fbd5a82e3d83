package dev.assay.receiver.interpret;

import dev.assay.store.fact.Observation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The counts of one request while it is read. */
final class Tally {
  private final Map<Reason, Count> counts = new EnumMap<>(Reason.class);
  private long records;
  private @Nullable String complaint;

  /** Another record begins. */
  void record() {
    records++;
  }

  void count(Reason reason) {
    count(reason, 1);
  }

  void count(Reason reason, long times) {
    if (times > 0) {
      counts.computeIfAbsent(reason, r -> new Count()).times += times;
    }
  }

  /** The record that was begun last is wrong. */
  void reject(BadRecord fault) {
    count(fault.reason());
    if (complaint == null) {
      complaint = "record " + records + " of the request: " + fault.getMessage();
    }
  }

  Interpretation toInterpretation(List<Observation> observations) {
    Map<Reason, Long> times = new EnumMap<>(Reason.class);
    counts.forEach((reason, count) -> times.put(reason, count.times));
    return new Interpretation(observations, records, times, complaint);
  }

  private static final class Count {
    private long times;
  }
}
