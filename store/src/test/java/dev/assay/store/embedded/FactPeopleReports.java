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
final class FactPeopleReports {
  /** Stands for everybody of whom no identity is known. */
  static final String UNKNOWN = "unknown";

  private static final int LEADERS = 10;

  private final Database database;

  FactPeopleReports(Database database) {
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
    int last = (int) month.atEndOfMonth().toEpochDay();
    database.read(
        """
        WITH seen AS (
          SELECT user_name, max(time_micros) AS last_micros FROM fact_active GROUP BY user_name
          UNION ALL
          SELECT p.user_name, max(s.last_micros) FROM sessions s JOIN people p USING (session_id)
          WHERE s.own GROUP BY p.user_name
          UNION ALL
          SELECT user_name, NULL FROM change_people
          WHERE number IS NOT NULL GROUP BY user_name),
        cost AS (SELECT user_name, sum(usd) AS usd FROM fact_spent
          WHERE day BETWEEN ? AND ? GROUP BY user_name),
        written AS (SELECT user_name, sum(added)::BIGINT AS added FROM fact_edited
          WHERE day BETWEEN ? AND ? GROUP BY user_name)
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
        last,
        first,
        last);
    return members;
  }

  void contributions(Filter filter, Consumer<ContributionRow> consumer) {
    Map<String, long[]> people = new TreeMap<>();
    merged(filter, "", row -> fill(people, row, 0, 5));
    Where ofEdits = FactWhere.ofEdits(filter);
    database.read(
        "SELECT coalesce(user_name, 'unknown') AS name, sum(added)::BIGINT FROM fact_edited"
            + ofEdits.sql()
            + " GROUP BY name",
        row -> fill(people, row, 5, 1),
        ofEdits.parameters());
    Where ofSessions = FactWhere.ofSessions(filter);
    database.read(
        """
        SELECT coalesce(user_name, 'unknown') AS name,
          coalesce(sum(n) FILTER (WHERE accepted), 0)::BIGINT,
          coalesce(sum(n) FILTER (WHERE NOT accepted), 0)::BIGINT
        FROM fact_decided
        """
            + ofSessions.sql()
            + " GROUP BY name",
        row -> fill(people, row, 6, 2),
        ofSessions.parameters());
    database.read(
        "SELECT coalesce(user_name, 'unknown') AS name,"
            + " (count(DISTINCT session_id) + sum(unnamed))::BIGINT FROM fact_active"
            + ofSessions.sql()
            + " GROUP BY name",
        row -> fill(people, row, 8, 1),
        ofSessions.parameters());
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
    Where where = FactWhere.ofSessions(filter);
    database.read(
        """
        SELECT coalesce(user_name, 'unknown') AS name, model, sum(requests)::BIGINT, sum(input)::BIGINT,
          sum(output)::BIGINT, sum(cache_read)::BIGINT, sum(cache_creation)::BIGINT,
          coalesce(sum(usd), 0)
        FROM fact_spent
        """
            + where.sql()
            + " GROUP BY name, model ORDER BY name, model",
        row ->
            consumer.accept(
                new SpendRow(
                    row.text(),
                    row.text(),
                    row.number(),
                    new Tokens(row.number(), row.number(), row.number(), row.number()),
                    Money.of(row))),
        where.parameters());
  }
}
