package dev.assay.store.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a proposed edit. Key: {@code toolUseId}; old clients that send none are keyed by
 * session id and {@code event.sequence}.
 *
 * @param tool {@code Edit}, {@code Write}, {@code NotebookEdit} or {@code MultiEdit}
 * @param decisionSource Claude Code's own word: {@code config}, {@code hook}, {@code
 *     user_permanent}, {@code user_temporary}, {@code user_reject}, {@code user_abort}
 * @param language by Claude Code's own names
 */
public record DecisionObservation(
    Source source,
    Instant time,
    String toolUseId,
    SessionClaim session,
    String tool,
    Outcome outcome,
    @Nullable String decisionSource,
    @Nullable String language)
    implements Observation {

  /**
   * The three ends of a proposal. Interrupts, failed validation and failed accepted edits are none
   * of them.
   */
  public enum Outcome {
    ACCEPTED,
    /** A person refused. */
    REJECTED,
    /** A rule, a hook or auto mode refused. */
    BLOCKED,
    /**
     * None of the three: the tool use was interrupted, failed validation or never came to a
     * decision. Said by the agent, who knows better than clients before 2.1.216, whose events
     * report these as {@code user_reject}. Counts nowhere.
     */
    NONE
  }
}
