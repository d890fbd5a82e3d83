package dev.assay.store.embedded;

import dev.assay.store.join.Join;
import dev.assay.store.report.ContributionRow;
import dev.assay.store.report.Filter;
import dev.assay.store.report.LeaderboardRow;
import dev.assay.store.report.SpendRow;
import dev.assay.store.report.TeamMember;
import dev.assay.store.report.Tokens;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The figures that have one row for each person. Who has no name is shown as {@link #UNKNOWN}. */
final class PeopleReports {
  /** Stands for everybody of whom no identity is known. */
  static final String UNKNOWN = "unknown";

  private static final int LEADERS = 10;

  private final Database database;

  PeopleReports(Database database) {
    this.database = database;
  }

  List<LeaderboardRow> leaderboard(Filter filter, boolean byLines) {
    List<LeaderboardRow> rows = new ArrayList<>();
    merged(
        filter,
        byLines
            ? " ORDER BY lines_with DESC, all_lines DESC, name LIMIT " + LEADERS
            : " ORDER BY tagged_changes DESC, all_changes DESC, name LIMIT " + LEADERS,
        row ->
            rows.add(
                new LeaderboardRow(
                    row.text(),
                    row.number(),
                    row.number(),
                    row.number(),
                    row.number(),
                    row.number())));
    return rows;
  }

  private void merged(Filter filter, String order, Sql.Row each) {
    Where where = Where.ofChanges(filter).and("number IS NOT NULL");
    database.read(
        """
        SELECT coalesce(user_name, 'unknown') AS name, count(*) AS all_changes,
          count(*) FILTER (WHERE decided AND tagged) AS tagged_changes,
          count(*) FILTER (WHERE NOT decided) AS undecided_changes,
          coalesce(sum(lines) FILTER (WHERE decided), 0)::BIGINT AS all_lines,
          coalesce(sum(lines_with) FILTER (WHERE decided), 0)::BIGINT AS lines_with
        FROM (SELECT *,
            coalesce(state <> 'UNDECIDED', false) AS decided
          FROM change_people)
        """
            + where.sql()
            + " GROUP BY name"
            + order,
        each,
        where.parameters());
  }

  List<TeamMember> team(YearMonth month) {
    List<TeamMember> members = new ArrayList<>();
    int first = (int) month.atDay(1).toEpochDay();
    database.read(
        """
        WITH seen AS (
          SELECT user_name, max(greatest(last_micros, seen_micros)) AS last_micros
          FROM work_months
          WHERE repository = '' AND (last_micros IS NOT NULL OR seen_micros IS NOT NULL)
          GROUP BY user_name
          UNION ALL
          SELECT user_name, NULL FROM change_people
          WHERE number IS NOT NULL GROUP BY user_name),
        cost AS (SELECT user_name, sum(usd) AS usd FROM work_models_months
          WHERE repository = '' AND month = ? GROUP BY user_name),
        written AS (SELECT user_name, sum(added)::BIGINT AS added FROM work_months
          WHERE repository = '' AND month = ? GROUP BY user_name)
        SELECT seen.user_name, coalesce(any_value(cost.usd), 0), coalesce(any_value(written.added), 0),
          max(seen.last_micros)
        FROM seen LEFT JOIN cost USING (user_name) LEFT JOIN written USING (user_name)
        WHERE seen.user_name IS NOT NULL
        GROUP BY seen.user_name ORDER BY seen.user_name
        """,
        row -> {
          String name = row.text();
          var usd = Money.of(row);
          long lines = row.number();
          Long seen = row.numberOrNull();
          members.add(new TeamMember(name, usd, lines, seen == null ? null : Join.instant(seen)));
        },
        first,
        first);
    return members;
  }

  void contributions(Filter filter, Consumer<ContributionRow> consumer) {
    Map<String, long[]> people = new TreeMap<>();
    merged(filter, "", row -> fill(people, row, 0, 5));
    Range active = Range.of(filter, "work", "user_name, added, sessions, unnamed, last_micros");
    Where repeats = Where.ofRepeats(filter);
    database.read(
        "SELECT coalesce(user_name, 'unknown') AS name, sum(added)::BIGINT, sum(sessions)::BIGINT"
            + " FROM (SELECT user_name, added, sessions + unnamed AS sessions FROM "
            + active.from()
            + " WHERE last_micros IS NOT NULL UNION ALL SELECT user_name, 0, -1 FROM work_again"
            + repeats.sql()
            + ") GROUP BY name",
        row -> {
          long[] numbers = people.computeIfAbsent(row.text(), added -> new long[9]);
          numbers[5] = row.number();
          numbers[8] = row.number();
        },
        active.where().and(repeats).parameters());
    Range tools = Range.of(filter, "work_tools", "user_name, accepted, rejected");
    database.read(
        """
        SELECT coalesce(user_name, 'unknown') AS name,
          sum(accepted)::BIGINT, sum(rejected)::BIGINT
        FROM\s"""
            + tools.from()
            + " GROUP BY name",
        row -> fill(people, row, 6, 2),
        tools.parameters());
    people.forEach(
        (name, n) ->
            consumer.accept(
                new ContributionRow(name, n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8])));
  }

  private static void fill(Map<String, long[]> people, RowIn row, int at, int count)
      throws SQLException {
    long[] numbers = people.computeIfAbsent(row.text(), name -> new long[9]);
    for (int i = 0; i < count; i++) {
      numbers[at + i] = row.number();
    }
  }

  void spendRows(Filter filter, Consumer<SpendRow> consumer) {
    Range models =
        Range.of(
            filter,
            "work_models",
            "user_name, model, requests, input, output, cache_read, cache_creation, usd");
    database.read(
        """
        SELECT coalesce(user_name, 'unknown') AS name, model, sum(requests)::BIGINT, sum(input)::BIGINT,
          sum(output)::BIGINT, sum(cache_read)::BIGINT, sum(cache_creation)::BIGINT,
          coalesce(sum(usd), 0)
        FROM\s"""
            + models.from()
            + " GROUP BY name, model ORDER BY name, model",
        row ->
            consumer.accept(
                new SpendRow(
                    row.text(),
                    row.text(),
                    row.number(),
                    new Tokens(row.number(), row.number(), row.number(), row.number()),
                    Money.of(row))),
        models.parameters());
  }
}
