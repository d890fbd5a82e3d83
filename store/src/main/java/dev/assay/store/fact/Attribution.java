package dev.assay.store.fact;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts on one change, as a whole: a later one replaces it.
 *
 * @param state how far it can be relied on
 * @param undecidedReason what was missing; null unless undecided
 * @param rulesVersion of the rules that judged
 * @param editsVersion of the candidates when it was decided ({@code Edits.version}): while it is
 *     the same, the attribution need not be made again, after a restart neither
 * @param decidedAt when
 * @param tagged whether the change counts as one with Claude Code (at least one distinctive line)
 * @param verdicts one for each added line; empty where undecided
 */
public record Attribution(
    Change change,
    State state,
    @Nullable String undecidedReason,
    int rulesVersion,
    long editsVersion,
    Instant decidedAt,
    boolean tagged,
    List<Verdict> verdicts) {
  public Attribution {
    verdicts = List.copyOf(verdicts);
  }

  /** The same with these verdicts. */
  public Attribution withVerdicts(List<Verdict> these) {
    return new Attribution(
        change, state, undecidedReason, rulesVersion, editsVersion, decidedAt, tagged, these);
  }

  /** How far a verdict can be relied on. */
  public enum State {
    /** The window is open, or closed less than 14 days ago: late telemetry may still change it. */
    PROVISIONAL,
    FINAL,
    /** Something was missing; never shown as zero. */
    UNDECIDED
  }
}
