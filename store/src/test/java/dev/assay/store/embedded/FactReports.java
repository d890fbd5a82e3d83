package dev.assay.store.embedded;

import dev.assay.store.report.ContributionRow;
import dev.assay.store.report.Filter;
import dev.assay.store.report.SpendRow;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every figure twice: from the sums, as the store answers, and from the facts themselves. */
final class FactReports {
  private final EmbeddedStore store;
  private final Database database;

  FactReports(EmbeddedStore store) throws SQLException {
    this.store = store;
    this.database = store.database();
    database.update(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            for (String sql : Sql.resource("figures-of-facts.sql")) {
              statement.execute(sql);
            }
          }
        });
  }

  /** What the store says. */
  Map<String, Object> fromSums(Filter filter, LocalDate day) {
    var reports = store.reports();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("summary", reports.summary(filter));
    all.put("adoption", reports.adoption(filter));
    all.put("spend", reports.spend(filter));
    all.put("pull requests", reports.pullRequestDays(filter));
    all.put("team", reports.team(YearMonth.from(day)));
    all.put("coverage", reports.coverage());
    all.put("analytics", reports.analytics(day));
    List<ContributionRow> contributions = new ArrayList<>();
    reports.contributions(filter, contributions::add);
    all.put("contributions", contributions);
    List<SpendRow> spend = new ArrayList<>();
    reports.spendRows(filter, spend::add);
    all.put("spend rows", spend);
    all.put("repositories", store.edits().repositories());
    return all;
  }

  /** What the facts say. */
  Map<String, Object> fromFacts(Filter filter, LocalDate day) {
    FactDayReports days = new FactDayReports(database);
    FactPeopleReports people = new FactPeopleReports(database);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("summary", FactSummaryReport.of(database, filter));
    all.put("adoption", days.adoption(filter));
    all.put("spend", days.spend(filter));
    all.put("pull requests", days.pullRequests(filter));
    all.put("team", people.team(YearMonth.from(day)));
    all.put("coverage", FactCoverageReport.of(database));
    all.put("analytics", FactAnalyticsReport.of(database, day));
    List<ContributionRow> contributions = new ArrayList<>();
    people.contributions(filter, contributions::add);
    all.put("contributions", contributions);
    List<SpendRow> spend = new ArrayList<>();
    people.spendRows(filter, spend::add);
    all.put("spend rows", spend);
    List<String> names = new ArrayList<>();
    database.read(
        "SELECT DISTINCT unnest(repositories) AS r FROM edits ORDER BY r",
        row -> names.add(row.text()));
    all.put("repositories", names);
    return all;
  }
}
