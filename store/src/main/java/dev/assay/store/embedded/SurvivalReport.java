package dev.assay.store.embedded;

import dev.assay.store.fact.Survival.Count;
import dev.assay.store.join.Join;
import dev.assay.store.report.Filter;
import dev.assay.store.report.SurvivalMonth;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How lines of pull requests lasted. */
final class SurvivalReport {
  private static final String MONTH =
      "day - date_part('day', DATE '1970-01-01' + day)::INTEGER + 1 AS month";

  /** Of everybody the changes are not looked at; else by their numbers first, then their keys. */
  private static final String COUNTED_OF_SOME =
      " WHERE number IN (SELECT number FROM chosen) AND change_key IN (SELECT key FROM chosen)";

  private final TreeMap<YearMonth, Month> months = new TreeMap<>();

  private SurvivalReport() {}

  static List<SurvivalMonth> of(Database database, Filter filter, List<Integer> days) {
    SurvivalReport report = new SurvivalReport();
    report.read(database, filter);
    List<SurvivalMonth> out = new ArrayList<>();
    report.months.forEach(
        (month, its) ->
            days.stream().sorted().forEach(horizon -> out.add(its.after(month, horizon))));
    return out;
  }

  /**
   * In one question, so that its parts are of one moment: first the months, with the changes that
   * have verdicts, then what lasted.
   */
  private void read(Database database, Filter filter) {
    Where where = Where.ofChanges(filter).and("number IS NOT NULL");
    boolean everybody = Range.ofEverybody(filter);
    database.read(
        "WITH chosen AS MATERIALIZED (SELECT key, number, day, state, merged_micros FROM "
            + where.fromChanges(filter)
            + ") SELECT "
            + MONTH
            + """
              , NULL AS days, NULL AS unknown, count(*), max(merged_micros),
              count(*) FILTER (state = 'PROVISIONAL'), NULL, NULL
            FROM chosen WHERE state IN ('PROVISIONAL', 'FINAL')
            GROUP BY month
            UNION ALL SELECT\s"""
            + MONTH
            + """
              , days, unknown, count(*), sum(claude_lines)::BIGINT, sum(claude_standing)::BIGINT,
              sum(other_lines)::BIGINT, sum(other_standing)::BIGINT
            FROM survival
            """
            + (everybody ? where.sql() : COUNTED_OF_SOME)
            + " GROUP BY month, days, unknown ORDER BY month, days NULLS FIRST, unknown",
        this::read,
        (everybody ? where.and(where) : where).parameters());
  }

  private void read(RowIn row) throws SQLException {
    YearMonth month = YearMonth.from(row.day());
    Integer days = row.integerOrNull();
    String unknown = row.textOrNull();
    long changes = row.number();
    if (days == null) {
      Instant newest = Join.instant(row.number());
      months.put(month, new Month(changes, newest, row.number()));
      return;
    }
    Month of = months.get(month);
    if (of == null) {
      return; // none of its changes has verdicts
    }
    Counted counted = of.counted.computeIfAbsent(days, added -> new Counted());
    if (unknown != null) {
      counted.unknown.put(unknown, changes);
    } else {
      counted.changes = changes;
      counted.claude = new Count(row.number(), row.number());
      counted.other = new Count(row.number(), row.number());
    }
  }

  /** The pull requests of a month, and by days what lasted. */
  private static final class Month {
    private final long changes;
    private final Instant newest;
    private final long provisional;
    private final Map<Integer, Counted> counted = new HashMap<>();

    Month(long changes, Instant newest, long provisional) {
      this.changes = changes;
      this.newest = newest;
      this.provisional = provisional;
    }

    SurvivalMonth after(YearMonth month, int days) {
      Counted found = counted.getOrDefault(days, new Counted());
      return new SurvivalMonth(
          month,
          days,
          changes,
          provisional,
          found.changes,
          found.unknown,
          newest,
          found.claude,
          found.other);
    }
  }

  private static final class Counted {
    private long changes;
    private final Map<String, Long> unknown = new TreeMap<>();
    private Count claude = Count.NONE;
    private Count other = Count.NONE;
  }
}
