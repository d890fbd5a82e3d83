package dev.assay.store.join;

import dev.assay.store.fact.DecisionObservation;
import dev.assay.store.fact.DecisionObservation.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one decision.
 *
 * @param acceptedBy the source that accepted, from observations that say so
 * @param refusedBy the source that refused, from observations that say so: an old client's {@code
 *     user_reject} of an interrupted tool must not become the source of an acceptance
 */
public record DecisionJoin(
    String toolUseId,
    Claim claim,
    Ranked<Long> time,
    Ranked<String> tool,
    Ranked<Outcome> ranked,
    @Nullable Ranked<String> acceptedBy,
    @Nullable Ranked<String> refusedBy,
    @Nullable Ranked<String> language) {

  /** What one observation says. */
  public static DecisionJoin of(DecisionObservation o) {
    int place = Join.telemetryFirst(o.source());
    long rank = Join.earliest(place, o.time());
    Ranked<String> by = Ranked.of(o.decisionSource(), rank);
    boolean accepted = o.outcome() == Outcome.ACCEPTED;
    return new DecisionJoin(
        o.toolUseId(),
        Claim.of(o.source(), o.session()),
        new Ranked<>(Join.micros(o.time()), rank),
        new Ranked<>(o.tool(), place),
        new Ranked<>(o.outcome(), Join.outcomeRank(o.source(), o.outcome())),
        accepted ? by : null,
        accepted ? null : by,
        Ranked.of(o.language(), rank));
  }

  /** What both say together. */
  public DecisionJoin join(DecisionJoin other) {
    return new DecisionJoin(
        toolUseId,
        Claim.best(claim, other.claim),
        Known.best(time, other.time),
        Known.best(tool, other.tool),
        Known.best(ranked, other.ranked),
        Ranked.best(acceptedBy, other.acceptedBy),
        Ranked.best(refusedBy, other.refusedBy),
        Ranked.best(language, other.language));
  }

  /** What became of the proposal. */
  public Outcome outcome() {
    return ranked.value();
  }

  /** Claude Code's word for who decided; null where no source told. */
  public @Nullable String decisionSource() {
    return Ranked.valueOf(outcome() == Outcome.ACCEPTED ? acceptedBy : refusedBy);
  }

  /**
   * Whether a person decided: a refusal that is no block is a person's by definition, an acceptance
   * where its source says so.
   */
  public boolean byUser() {
    String source = decisionSource();
    return outcome() == Outcome.REJECTED
        || (outcome() == Outcome.ACCEPTED && source != null && source.startsWith("user_"));
  }
}
