package dev.assay.store.fact;

import java.time.Instant;

/**
 * What one source says, once. Immutable; joined into a fact with all others that have the same key.
 */
public sealed interface Observation
    permits SessionObservation,
        DecisionObservation,
        EditObservation,
        UsageObservation,
        GitObservation,
        MetricSample,
        ExporterSeen {

  /** Who says it. */
  Source source();

  /** When it happened, by the clock of the machine where it happened. */
  Instant time();
}
