package dev.assay.store.fact;

/**
 * Where an observation comes from. Which source is the best differs from field to field: {@code
 * Join} has the table.
 */
public enum Source {
  /** The agent, from a transcript. */
  TRANSCRIPT,
  /** The agent, from a hook. */
  HOOK,
  /** An event of Claude Code's own telemetry. */
  EVENT,
  /** A counter of Claude Code's own telemetry. */
  METRIC
}
