package dev.assay.store.embedded;

import dev.assay.store.fact.Survival.Count;
import dev.assay.store.join.Join;
import dev.assay.store.report.Filter;
import dev.assay.store.report.SurvivalMonth;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How lines of pull requests lasted. */
final class SurvivalReport {
  private SurvivalReport() {}

  static List<SurvivalMonth> of(Database database, Filter filter, List<Integer> days) {
    Map<String, Map<String, Long>> unknown = new TreeMap<>();
    Where where = where(filter).and("s.unknown IS NOT NULL");
    database.read(
        """
        SELECT strftime(DATE '1970-01-01' + c.day, '%Y-%m') || ' ' || s.days, s.unknown, count(*)
        FROM\s"""
            + Where.changes(filter)
            + " c JOIN survival s ON s.change_key = c.key AND s.decided_micros = c.decided_micros"
            + where.sql()
            + " GROUP BY ALL",
        row ->
            unknown
                .computeIfAbsent(row.text(), month -> new TreeMap<>())
                .put(row.text(), row.number()),
        where.parameters());
    List<SurvivalMonth> out = new ArrayList<>();
    if (!days.isEmpty()) {
      read(database, filter, days, unknown, out);
    }
    out.sort(Comparator.comparing(SurvivalMonth::month).thenComparing(SurvivalMonth::days));
    return out;
  }

  private static void read(
      Database database,
      Filter filter,
      List<Integer> days,
      Map<String, Map<String, Long>> unknown,
      List<SurvivalMonth> out) {
    Where where = where(filter);
    database.read(
        """
        SELECT date_trunc('month', DATE '1970-01-01' + c.day)::DATE - DATE '1970-01-01' AS month, h.days,
          count(*), count(*) FILTER (WHERE c.state = 'PROVISIONAL'),
          count(s.change_key), max(c.merged_micros),
          coalesce(sum(s.claude_lines), 0)::BIGINT, coalesce(sum(s.claude_standing), 0)::BIGINT,
          coalesce(sum(s.other_lines), 0)::BIGINT, coalesce(sum(s.other_standing), 0)::BIGINT
        FROM %s c CROSS JOIN (SELECT unnest(%s) AS days) h
        LEFT JOIN (FROM survival WHERE unknown IS NULL) s
          ON s.change_key = c.key AND s.decided_micros = c.decided_micros AND s.days = h.days
        """
                .formatted(Where.changes(filter), days)
            + where.sql()
            + " GROUP BY month, h.days",
        row -> {
          YearMonth month = YearMonth.from(LocalDate.ofEpochDay(row.number()));
          int horizon = row.integer();
          out.add(
              new SurvivalMonth(
                  month,
                  horizon,
                  row.number(),
                  row.number(),
                  row.number(),
                  unknown.getOrDefault(month + " " + horizon, Map.of()),
                  Join.instant(row.number()),
                  new Count(row.number(), row.number()),
                  new Count(row.number(), row.number())));
        },
        where.parameters());
  }

  /** Pull requests that have verdicts. */
  private static Where where(Filter filter) {
    return Where.ofChanges(filter)
        .and("c.number IS NOT NULL")
        .and("c.state IN ('PROVISIONAL', 'FINAL')");
  }
}
