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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The figures that have one row for each day. */
final class DayReports {
  /**
   * A longer stretch without anything is left out: one wrong clock must not make millions of rows.
   */
  static final int LIMIT_EMPTY_DAYS = 3660;

  /**
   * Each model's share, and of each day, in a row without a model, how many users. For grouping
   * sets with a distinct count the engine makes four tables and joins them.
   */
  private static final String SPEND =
      """
      SELECT day, model, sum(usd), sum(input)::BIGINT, sum(output)::BIGINT,
        sum(cache_read)::BIGINT, sum(cache_creation)::BIGINT, 0
      FROM work_models%1$s GROUP BY day, model
      UNION ALL
      SELECT day, NULL, 0, 0, 0, 0, 0, count(*)
      FROM (SELECT DISTINCT day, user_name FROM work_models%1$s AND user_name IS NOT NULL)
      GROUP BY day
      """;

  private static final String SPEND_OF_EVERYBODY =
      """
      SELECT day, model, usd, input::BIGINT, output::BIGINT,
        cache_read::BIGINT, cache_creation::BIGINT, users
      FROM work_models_everybody%s
      """;

  private final Database database;

  DayReports(Database database) {
    this.database = database;
  }

  List<AdoptionDay> adoption(Filter filter) {
    TreeMap<LocalDate, AdoptionDay> found = new TreeMap<>();
    boolean everybody = Range.ofEverybody(filter);
    Where where = everybody ? Where.of(filter) : active(filter);
    database.read(
        everybody
            ? "SELECT day, users, sessions::BIGINT FROM work_everybody" + where.sql()
            : "SELECT day, count(DISTINCT user_name), (sum(sessions) + sum(unnamed))::BIGINT"
                + " FROM work"
                + where.sql()
                + " GROUP BY day",
        row -> {
          LocalDate day = row.day();
          found.put(day, new AdoptionDay(day, row.number(), row.number()));
        },
        where.parameters());
    return everyDay(filter, found, day -> new AdoptionDay(day, 0, 0));
  }

  private static Where active(Filter filter) {
    return Where.ofSums(filter).and("last_micros IS NOT NULL");
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
          FROM\s"""
            + Where.changes(filter)
            + ")"
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
    Map<LocalDate, TreeMap<String, SpendDay.Model>> models = new HashMap<>();
    Map<LocalDate, Long> users = new HashMap<>();
    Sql.Row each =
        row -> {
          LocalDate day = row.day();
          String model = row.textOrNull();
          BigDecimal usd = Money.of(row);
          Tokens tokens = new Tokens(row.number(), row.number(), row.number(), row.number());
          if (model == null) {
            users.put(day, row.number());
          } else {
            models
                .computeIfAbsent(day, added -> new TreeMap<>())
                .put(model, new SpendDay.Model(model, usd, tokens));
          }
        };
    if (Range.ofEverybody(filter)) {
      Where where = Where.of(filter);
      database.read(SPEND_OF_EVERYBODY.formatted(where.sql()), each, where.parameters());
    } else {
      Where where = Where.ofSums(filter);
      database.read(SPEND.formatted(where.sql()), each, where.and(where).parameters());
    }
    TreeMap<LocalDate, SpendDay> found = new TreeMap<>();
    models.forEach((day, its) -> found.put(day, spend(day, users.getOrDefault(day, 0L), its)));
    return everyDay(filter, found, day -> new SpendDay(day, BigDecimal.ZERO, 0, List.of()));
  }

  private static SpendDay spend(LocalDate day, long users, Map<String, SpendDay.Model> models) {
    BigDecimal usd =
        models.values().stream()
            .map(SpendDay.Model::costUsd)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return new SpendDay(day, Money.plain(usd), users, List.copyOf(models.values()));
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
