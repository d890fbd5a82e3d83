package dev.assay.web.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code /api/v1/survival}.
 *
 * @param items by month, ascending
 * @param unknown why lines of pull requests could not be counted
 */
record SurvivalView(List<Month> items, List<Unknown> unknown) {

  /**
   * The pull requests of one month.
   *
   * @param month of the merge: {@code YYYY-MM}
   * @param pullRequests with verdicts
   * @param provisional whether verdicts of them may still change
   */
  record Month(String month, long pullRequests, boolean provisional, List<Horizon> horizons) {}

  /**
   * So many days after each merge.
   *
   * @param counted pull requests that the counts are of
   * @param complete whether those are all that ever will be: the days have passed for the whole
   *     month, and nothing waits
   * @param claude null where nothing was counted: that is not zero
   * @param other null where nothing was counted
   */
  record Horizon(
      int days, long counted, boolean complete, @Nullable Count claude, @Nullable Count other) {}

  /**
   * Lines at the merge, and those of them that stand.
   *
   * @param share null where there are no lines
   */
  record Count(long lines, long standing, @Nullable Double share) {}

  /** Pull requests that are in no count of some days. */
  record Unknown(String month, int days, String reason, long pullRequests) {}
}
