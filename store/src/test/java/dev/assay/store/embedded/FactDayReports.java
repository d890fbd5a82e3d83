package dev.assay.store.embedded;

import dev.assay.store.report.AdoptionDay;
import dev.assay.store.report.Filter;
import dev.assay.store.report.PullRequestDay;
import dev.assay.store.report.SpendDay;
import dev.assay.store.report.Tokens;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The figures that have one row for each day. */
final class FactDayReports {
  /**
   * A longer stretch without anything is left out: one wrong clock must not make millions of rows.
   */
  private static final int LIMIT_EMPTY_DAYS = 3660;

  private final Database database;

  FactDayReports(Database database) {
    this.database = database;
  }

  List<AdoptionDay> adoption(Filter filter) {
    TreeMap<LocalDate, AdoptionDay> found = new TreeMap<>();
    Where where = FactWhere.ofSessions(filter);
    database.read(
        "SELECT day, count(DISTINCT user_name),"
            + " (count(DISTINCT session_id) + sum(unnamed))::BIGINT FROM fact_active"
            + where.sql()
            + " GROUP BY day",
        row -> {
          LocalDate day = row.day();
          found.put(day, new AdoptionDay(day, row.number(), row.number()));
        },
        where.parameters());
    return everyDay(filter, found, day -> new AdoptionDay(day, 0, 0));
  }

  List<PullRequestDay> pullRequests(Filter filter) {
    TreeMap<LocalDate, PullRequestDay> found = new TreeMap<>();
    Where where = Where.ofChanges(filter).and("number IS NOT NULL");
    database.read(
        """
        SELECT day, count(*), count(*) FILTER (WHERE decided AND tagged), count(*) FILTER (WHERE NOT decided),
          coalesce(sum(lines) FILTER (WHERE decided), 0)::BIGINT,
          coalesce(sum(lines_with) FILTER (WHERE decided), 0)::BIGINT
        FROM (SELECT *, coalesce(state <> 'UNDECIDED', false) AS decided
          FROM change_people)
        """
            + where.sql()
            + " GROUP BY day",
        row -> {
          LocalDate day = row.day();
          found.put(
              day,
              new PullRequestDay(
                  day, row.number(), row.number(), row.number(), row.number(), row.number(), 0));
        },
        where.parameters());
    for (AdoptionDay active : adoption(filter)) {
      found.merge(
          active.day(),
          new PullRequestDay(active.day(), 0, 0, 0, 0, 0, active.users()),
          (merged, users) ->
              new PullRequestDay(
                  merged.day(),
                  merged.pullRequests(),
                  merged.pullRequestsWithClaudeCode(),
                  merged.undecided(),
                  merged.lines(),
                  merged.linesWithClaudeCode(),
                  users.users()));
    }
    return everyDay(filter, found, day -> new PullRequestDay(day, 0, 0, 0, 0, 0, 0));
  }

  List<SpendDay> spend(Filter filter) {
    TreeMap<LocalDate, SpendDay> found = new TreeMap<>();
    Where where = FactWhere.ofSessions(filter);
    Map<LocalDate, List<SpendDay.Model>> models = new TreeMap<>();
    database.read(
        """
        SELECT day, model, coalesce(sum(usd), 0), sum(input)::BIGINT, sum(output)::BIGINT,
          sum(cache_read)::BIGINT, sum(cache_creation)::BIGINT
        FROM fact_spent
        """
            + where.sql()
            + " GROUP BY day, model ORDER BY day, model",
        row ->
            models
                .computeIfAbsent(row.day(), day -> new ArrayList<>())
                .add(
                    new SpendDay.Model(
                        row.text(),
                        Money.of(row),
                        new Tokens(row.number(), row.number(), row.number(), row.number()))),
        where.parameters());
    database.read(
        "SELECT day, count(DISTINCT user_name), coalesce(sum(usd), 0) FROM fact_spent"
            + where.sql()
            + " GROUP BY day",
        row -> {
          LocalDate day = row.day();
          long users = row.number();
          found.put(
              day, new SpendDay(day, Money.of(row), users, models.getOrDefault(day, List.of())));
        },
        where.parameters());
    return everyDay(filter, found, day -> new SpendDay(day, BigDecimal.ZERO, 0, List.of()));
  }

  /** From the filter's first day, or the first found, to its last; what was not found is empty. */
  private static <T> List<T> everyDay(
      Filter filter, SortedMap<LocalDate, T> found, Function<LocalDate, T> empty) {
    LocalDate from = filter.from();
    LocalDate to = filter.to();
    if (from == null) {
      from = found.isEmpty() ? to : found.firstKey();
    }
    if (to == null) {
      to = found.isEmpty() ? from : found.lastKey();
    }
    List<T> days = new ArrayList<>();
    if (from == null || to == null) {
      return days;
    }
    LocalDate next = from;
    for (Map.Entry<LocalDate, T> entry : found.entrySet()) {
      fill(days, next, entry.getKey(), empty);
      days.add(entry.getValue());
      next = entry.getKey().plusDays(1);
    }
    fill(days, next, to.plusDays(1), empty);
    return days;
  }

  /** The days from one on, before the other; none where a clock must have been wrong. */
  private static <T> void fill(
      List<T> days, LocalDate from, LocalDate before, Function<LocalDate, T> empty) {
    if (ChronoUnit.DAYS.between(from, before) <= LIMIT_EMPTY_DAYS) {
      from.datesUntil(before.isBefore(from) ? from : before).map(empty).forEach(days::add);
    }
  }
}
