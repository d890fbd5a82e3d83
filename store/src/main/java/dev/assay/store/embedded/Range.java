package dev.assay.store.embedded;

import dev.assay.store.report.Filter;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a range of days adds up: the whole months in it are read from the sums by month, of which
 * there are a fifth as many as by day, and only the days before and after them by day.
 *
 * @param from the table to ask, in parentheses
 * @param where its conditions are in the table already; the parameters are not
 */
record Range(String from, Where where) {

  /**
   * Of the rows that a filter asks for.
   *
   * @param table of the sums by day; the one by month has the same name and {@code _months}
   * @param columns that both have
   */
  static Range of(Filter filter, String table, String columns) {
    String select = "SELECT " + columns + " FROM " + table;
    LocalDate first = firstMonth(filter.from());
    LocalDate end = endOfMonths(filter.to());
    Where days = Where.ofSums(filter);
    if (first != null && end != null && !first.isBefore(end)) {
      return new Range("(" + select + days.sql() + ")", days);
    }
    Where months = Where.ofSums(new Filter(null, null, filter.repository(), filter.user()));
    if (first != null) {
      months.and("month >= ?", day(first));
    }
    if (end != null) {
      months.and("month < ?", day(end));
    }
    days.and(outside(first, end));
    return new Range(
        "(" + select + "_months" + months.sql() + " UNION ALL " + select + days.sql() + ")",
        months.and(days));
  }

  Object[] parameters() {
    return where.parameters();
  }

  /** Whether a filter asks for everybody and everywhere; of that there are sums of their own. */
  static boolean ofEverybody(Filter filter) {
    return filter.user() == null && filter.repository() == null;
  }

  /** The days that are in no whole month, whatever the filter says. */
  private static String outside(@Nullable LocalDate first, @Nullable LocalDate end) {
    String before = first == null ? "false" : "day < " + day(first);
    return "(" + before + (end == null ? "" : " OR day >= " + day(end)) + ")";
  }

  private static @Nullable LocalDate firstMonth(@Nullable LocalDate from) {
    return from == null || from.getDayOfMonth() == 1 ? from : from.withDayOfMonth(1).plusMonths(1);
  }

  private static @Nullable LocalDate endOfMonths(@Nullable LocalDate to) {
    return to == null ? null : to.plusDays(1).withDayOfMonth(1);
  }

  private static int day(LocalDate date) {
    return (int) date.toEpochDay();
  }
}
