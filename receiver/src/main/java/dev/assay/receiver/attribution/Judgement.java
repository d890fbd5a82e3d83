package dev.assay.receiver.attribution;

import dev.assay.store.fact.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the rules say of one change.
 *
 * @param rulesVersion of the rules that judged
 * @param tagged whether at least one distinctive line is Claude Code's
 * @param verdicts one for each added line, ordered by path and line
 */
public record Judgement(int rulesVersion, boolean tagged, List<Verdict> verdicts) {
  private static final List<String> REASONS =
      Arrays.stream(Reason.values()).map(Reason::words).toList();

  public Judgement {
    verdicts = List.copyOf(verdicts);
  }

  /**
   * What two judgements of the same change say together, each of some of its edits: a line is
   * attributed if one of them says so, the first before the second; else the reason that lacked
   * least stands.
   */
  Judgement or(Judgement other) {
    List<Verdict> both = new ArrayList<>(verdicts.size());
    for (int i = 0; i < verdicts.size(); i++) {
      Verdict a = verdicts.get(i);
      Verdict b = other.verdicts.get(i);
      boolean second = !a.assisted() && (b.assisted() || order(b) < order(a));
      both.add(second ? b : a);
    }
    return new Judgement(rulesVersion, tagged || other.tagged, both);
  }

  private static int order(Verdict verdict) {
    return REASONS.indexOf(verdict.reason());
  }
}
