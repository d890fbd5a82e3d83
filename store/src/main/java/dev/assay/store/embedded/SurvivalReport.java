package dev.assay.store.embedded;

import dev.assay.store.fact.Survival.Count;
import dev.assay.store.join.Join;
import dev.assay.store.report.Filter;
import dev.assay.store.report.SurvivalMonth;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How lines of pull requests lasted. */
final class SurvivalReport {
  private static final String MONTH =
      "day - date_part('day', DATE '1970-01-01' + day)::INTEGER + 1";

  private SurvivalReport() {}

  static List<SurvivalMonth> of(Database database, Filter filter, List<Integer> days) {
    Map<YearMonth, Map<Integer, Counted>> counted = counted(database, filter);
    List<SurvivalMonth> out = new ArrayList<>();
    Where where =
        Where.ofChanges(filter)
            .and("number IS NOT NULL")
            .and("state IN ('PROVISIONAL', 'FINAL')"); // those that have verdicts
    database.read(
        "SELECT "
            + MONTH
            + " AS month, count(*), count(*) FILTER (WHERE state = 'PROVISIONAL'), max(merged_micros)"
            + " FROM "
            + Where.changes(filter)
            + where.sql()
            + " GROUP BY month ORDER BY month",
        row -> {
          YearMonth month = month(row.day());
          long changes = row.number();
          long provisional = row.number();
          var newest = Join.instant(row.number());
          Map<Integer, Counted> ofMonth = counted.getOrDefault(month, Map.of());
          for (int horizon : days.stream().sorted().toList()) {
            Counted found = ofMonth.getOrDefault(horizon, Counted.NOTHING);
            out.add(
                new SurvivalMonth(
                    month,
                    horizon,
                    changes,
                    provisional,
                    found.changes,
                    found.unknown,
                    newest,
                    found.claude,
                    found.other));
          }
        },
        where.parameters());
    return out;
  }

  private static Map<YearMonth, Map<Integer, Counted>> counted(Database database, Filter filter) {
    Map<YearMonth, Map<Integer, Counted>> counted = new HashMap<>();
    Where where = Where.ofChanges(filter).and("number IS NOT NULL");
    // With whom it is of come the changes; of everybody they are not looked at.
    String from =
        Range.ofEverybody(filter)
            ? "survival"
            : "(SELECT s.*, c.* EXCLUDE (decided_micros, number, day) FROM survival s JOIN "
                + Where.changes(filter)
                + " c ON c.key = s.change_key)";
    database.read(
        "SELECT "
            + MONTH
            + """
               AS month, days, unknown, count(*),
              sum(claude_lines)::BIGINT, sum(claude_standing)::BIGINT,
              sum(other_lines)::BIGINT, sum(other_standing)::BIGINT
            FROM\s"""
            + from
            + where.sql()
            + " GROUP BY month, days, unknown",
        row -> {
          Map<Integer, Counted> ofMonth =
              counted.computeIfAbsent(month(row.day()), added -> new HashMap<>());
          int horizon = row.integer();
          String unknown = row.textOrNull();
          Counted some =
              unknown == null
                  ? new Counted(
                      row.number(),
                      Map.of(),
                      new Count(row.number(), row.number()),
                      new Count(row.number(), row.number()))
                  : new Counted(0, Map.of(unknown, row.number()), Count.NONE, Count.NONE);
          ofMonth.merge(horizon, some, Counted::and);
        },
        where.parameters());
    return counted;
  }

  private static YearMonth month(LocalDate first) {
    return YearMonth.from(first);
  }

  /** Of one month and so many days; of its rows one at most has counts. */
  private record Counted(long changes, Map<String, Long> unknown, Count claude, Count other) {
    static final Counted NOTHING = new Counted(0, Map.of(), Count.NONE, Count.NONE);

    Counted and(Counted more) {
      Map<String, Long> reasons = new TreeMap<>(unknown);
      reasons.putAll(more.unknown);
      return new Counted(
          changes + more.changes,
          reasons,
          claude.equals(Count.NONE) ? more.claude : claude,
          other.equals(Count.NONE) ? more.other : other);
    }
  }
}
