package dev.assay.receiver.interpret;

import dev.assay.store.fact.Observation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says.
 *
 * @param observations in the order of the records that say it
 * @param records log records or data points of the request
 * @param counts what was not kept, or not whole, by reason; reasons that did not occur are absent
 * @param complaint names the first rejected record and its fault; null where none was rejected
 */
public record Interpretation(
    List<Observation> observations,
    long records,
    Map<Reason, Long> counts,
    @Nullable String complaint) {
  public Interpretation {
    observations = List.copyOf(observations);
    counts = Map.copyOf(counts);
  }

  /** How often this reason occurred. */
  public long count(Reason reason) {
    return counts.getOrDefault(reason, 0L);
  }

  /** How many records met this end. */
  public long count(Reason.Kind kind) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().kind() == kind)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
