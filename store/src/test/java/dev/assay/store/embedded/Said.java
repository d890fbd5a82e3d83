package dev.assay.store.embedded;

import static dev.assay.store.contract.Given.NOON;
import static dev.assay.store.contract.Given.REPOSITORY;

import dev.assay.store.Reports;
import dev.assay.store.Store;
import dev.assay.store.fact.EditFact;
import dev.assay.store.report.Filter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Everything that a store says of its facts, as text: two stores with equal texts are equal. */
final class Said {
  private static final List<String> REPOSITORIES = List.of(REPOSITORY);

  private Said() {}

  /** What attribution asks, and what it has decided. */
  static String ofEdits(Store store, List<String> paths, List<String> lines) {
    Instant from = NOON.minus(Duration.ofDays(21));
    Instant to = NOON.plus(Duration.ofDays(21));
    List<EditFact> inFiles = store.edits().inFiles(REPOSITORIES, paths, from, to);
    StringBuilder said = new StringBuilder();
    add(said, "repositories", store.edits().repositories());
    add(said, "in files", inFiles);
    add(said, "with lines", store.edits().withLines(REPOSITORIES, lines, from, to));
    add(said, "nested", store.edits().nestedPaths(REPOSITORIES, paths));
    List<String> ids = inFiles.stream().map(EditFact::toolUseId).sorted().toList();
    add(said, "origins", new java.util.TreeMap<>(store.edits().origins(ids)));
    add(said, "version", store.edits().version(REPOSITORIES, from, to));
    add(said, "changes", store.changes().ofRepository(REPOSITORY));
    add(said, "list", store.changes().list(Filter.ALL, false, 100, null));
    store.reports().attributions(Filter.ALL, each -> add(said, "attribution", each));
    add(
        said,
        "survivals",
        store.changes().survivals(REPOSITORY).stream()
            .sorted(java.util.Comparator.comparing(Object::toString))
            .toList());
    return said.toString();
  }

  /**
   * Every figure of every report, for the days around {@link dev.assay.store.contract.Given#NOON}.
   */
  static String ofReports(Store store) {
    Reports reports = store.reports();
    Filter all = Filter.ALL;
    StringBuilder said = new StringBuilder();
    add(said, "summary", reports.summary(all));
    add(said, "adoption", reports.adoption(all));
    add(said, "pull requests", reports.pullRequestDays(all));
    add(said, "leaders", reports.leaderboard(all, false));
    add(said, "leaders by lines", reports.leaderboard(all, true));
    add(said, "spend", reports.spend(all));
    add(said, "team", reports.team(YearMonth.of(2026, 11)));
    LocalDate noon = LocalDate.ofInstant(NOON, ZoneOffset.UTC);
    for (int day = -3; day <= 3; day++) {
      add(said, "analytics", reports.analytics(noon.plusDays(day)));
    }
    add(said, "survival", reports.survival(all, List.of(7, 30)));
    List<Object> rows = new ArrayList<>();
    reports.contributions(all, rows::add);
    reports.spendRows(all, rows::add);
    rows.forEach(row -> add(said, "row", row));
    return said.toString();
  }

  private static void add(StringBuilder said, String name, Object value) {
    said.append(name).append(": ").append(value).append('\n');
  }
}
