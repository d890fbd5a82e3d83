package dev.assay.receiver.attribution;

import dev.assay.store.fact.Verdict;
import java.util.List;

/**
 * What the rules say of one change.
 *
 * @param rulesVersion of the rules that judged
 * @param tagged whether at least one distinctive line is Claude Code's
 * @param verdicts one for each added line, ordered by path and line
 */
public record Judgement(int rulesVersion, boolean tagged, List<Verdict> verdicts) {
  public Judgement {
    verdicts = List.copyOf(verdicts);
  }
}
