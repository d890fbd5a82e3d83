package dev.assay.receiver.access;

import java.util.Locale;
import java.util.Optional;

/** What a token may do. */
public enum Scope {
  /** Send telemetry. */
  INGEST,
  /** Read the dashboard, the API, the exports and the metrics. */
  READ,
  /** Everything. */
  ADMIN;

  /** As files and commands write it, for instance {@code ingest}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The scope of a label; empty where there is none. */
  public static Optional<Scope> of(String label) {
    for (Scope scope : values()) {
      if (scope.label().equals(label)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }
}
