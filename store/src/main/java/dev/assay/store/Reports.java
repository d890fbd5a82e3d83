package dev.assay.store;

import dev.assay.store.report.AdoptionDay;
import dev.assay.store.report.AnalyticsRow;
import dev.assay.store.report.AttributedChange;
import dev.assay.store.report.ContributionRow;
import dev.assay.store.report.Coverage;
import dev.assay.store.report.Filter;
import dev.assay.store.report.LeaderboardRow;
import dev.assay.store.report.PullRequestDay;
import dev.assay.store.report.SpendDay;
import dev.assay.store.report.SpendRow;
import dev.assay.store.report.Summary;
import dev.assay.store.report.SurvivalMonth;
import dev.assay.store.report.TeamMember;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.function.Consumer;

/**
 * The figures. Days are of the store's zone (UTC unless set at first start); lists are ordered by
 * day, then name.
 */
public interface Reports {
  Summary summary(Filter filter);

  /**
   * One row for each day of the filter's range; days without activity are there, with zeros, unless
   * there is none for ten years.
   */
  List<AdoptionDay> adoption(Filter filter);

  /**
   * One row for each day; merged pull requests, those with Claude Code, their lines, and the active
   * users of that day.
   */
  List<PullRequestDay> pullRequestDays(Filter filter);

  /** The ten first, by pull requests or by lines with Claude Code. */
  List<LeaderboardRow> leaderboard(Filter filter, boolean byLines);

  /** One row for each day, with its models. */
  List<SpendDay> spend(Filter filter);

  /** Everyone who ever appeared, with spend and lines of the given month. */
  List<TeamMember> team(YearMonth month);

  Coverage coverage();

  /** The rows of Anthropic's Claude Code Analytics API for one UTC day. */
  List<AnalyticsRow> analytics(LocalDate utcDay);

  /** How lines of pull requests lasted, by month of merge and then by days, ascending. */
  List<SurvivalMonth> survival(Filter filter, List<Integer> days);

  /** Each user's contributions, for the CSV. */
  void contributions(Filter filter, Consumer<ContributionRow> row);

  /** Spend by user and model, for the CSV. */
  void spendRows(Filter filter, Consumer<SpendRow> row);

  /**
   * Each decided change with its verdicts, for the exports; oldest first, then by key. A batch of
   * changes is held at a time, and nothing of the store while the consumer is at work.
   */
  void attributions(Filter filter, Consumer<AttributedChange> each);

  /** The same of those changes only that have effective lines of Claude Code. */
  void assistedAttributions(Filter filter, Consumer<AttributedChange> each);
}
