package dev.assay.store.embedded;

import dev.assay.store.Reports;
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

/** The figures, each by the class that knows how to ask for it. */
final class EmbeddedReports implements Reports {
  private final Database database;
  private final Commits commits;
  private final Sums sums;
  private final DayReports days;
  private final PeopleReports people;
  private final AttributionExport export;

  EmbeddedReports(Database database, Commits commits, Sums sums, EditReader reader) {
    this.export = new AttributionExport(database, reader);
    this.commits = commits;
    this.sums = sums;
    this.database = database;
    this.days = new DayReports(database);
    this.people = new PeopleReports(database);
  }

  /** Figures say all that was acknowledged before they were asked for. */
  private void refresh() {
    commits.settle();
    sums.refresh();
  }

  @Override
  public Summary summary(Filter filter) {
    refresh();
    return SummaryReport.of(database, filter);
  }

  @Override
  public List<AdoptionDay> adoption(Filter filter) {
    refresh();
    return days.adoption(filter);
  }

  @Override
  public List<PullRequestDay> pullRequestDays(Filter filter) {
    refresh();
    return days.pullRequests(filter);
  }

  @Override
  public List<SpendDay> spend(Filter filter) {
    refresh();
    return days.spend(filter);
  }

  @Override
  public List<LeaderboardRow> leaderboard(Filter filter, boolean byLines) {
    return people.leaderboard(filter, byLines);
  }

  @Override
  public List<TeamMember> team(YearMonth month) {
    refresh();
    return people.team(month);
  }

  @Override
  public void contributions(Filter filter, Consumer<ContributionRow> row) {
    refresh();
    people.contributions(filter, row);
  }

  @Override
  public void spendRows(Filter filter, Consumer<SpendRow> row) {
    refresh();
    people.spendRows(filter, row);
  }

  @Override
  public Coverage coverage() {
    refresh();
    return CoverageReport.of(database);
  }

  @Override
  public List<AnalyticsRow> analytics(LocalDate utcDay) {
    refresh();
    return AnalyticsReport.of(database, utcDay);
  }

  @Override
  public List<SurvivalMonth> survival(Filter filter, List<Integer> days) {
    return SurvivalReport.of(database, filter, days);
  }

  @Override
  public void attributions(Filter filter, Consumer<AttributedChange> each) {
    export.run(filter, Where.ofChanges(filter), each);
  }

  @Override
  public void assistedAttributions(Filter filter, Consumer<AttributedChange> each) {
    Where assisted = Where.ofChanges(filter).and("lines_with > 0");
    export.run(filter, assisted, each);
  }
}
