package dev.assay.store.join;

import dev.assay.store.fact.SessionClaim;
import dev.assay.store.fact.Source;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The best claim to a tool use or a response so far: the session that Claude Code's own telemetry
 * names, else the one whose first own record is oldest, else the smallest id.
 *
 * @param byTelemetry whether Claude Code's own telemetry names it
 * @param startedMicros of the session's first own record; null where no source told
 */
public record Claim(String sessionId, boolean byTelemetry, @Nullable Long startedMicros) {
  private static final Comparator<Claim> BEST_FIRST =
      Comparator.comparing((Claim claim) -> !claim.byTelemetry)
          .thenComparing(
              Claim::startedMicros, Comparator.nullsLast(Comparator.<Long>naturalOrder()))
          .thenComparing(Claim::sessionId);

  static Claim of(Source source, SessionClaim claim) {
    boolean byTelemetry = source == Source.EVENT || source == Source.METRIC;
    return new Claim(
        claim.sessionId(),
        byTelemetry,
        claim.startedAt() == null ? null : Join.micros(claim.startedAt()));
  }

  static Claim best(Claim a, Claim b) {
    return BEST_FIRST.compare(a, b) <= 0 ? a : b;
  }
}
