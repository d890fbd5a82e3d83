package dev.assay.store.embedded;

import dev.assay.store.report.AnalyticsRow;
import dev.assay.store.report.Tokens;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The rows of Anthropic's Analytics API for one UTC day: by actor, terminal, kind of customer and
 * whether the session ran remotely. Where no source names the kind, an account makes it a
 * subscription.
 */
final class FactAnalyticsReport {
  private static final String ROWS =
      """
      SELECT coalesce(t.user_name, 'unknown') AS actor, s.terminal,
        coalesce(s.account_kind,
          CASE WHEN s.email IS NOT NULL OR s.account_id IS NOT NULL THEN 'subscription' ELSE 'api' END)
          AS customer,
        coalesce(s.remote, false) AS is_remote, %s
      FROM %s t LEFT JOIN sessions s USING (session_id)
      WHERE t.time_micros >= ? AND t.time_micros < ?
      GROUP BY ALL ORDER BY ALL
      """;

  private final Map<Key, Sums> rows = new TreeMap<>();

  private FactAnalyticsReport() {}

  static List<AnalyticsRow> of(Database database, LocalDate day) {
    long from = TimeUnit.DAYS.toMicros(day.toEpochDay());
    long to = TimeUnit.DAYS.toMicros(day.toEpochDay() + 1);
    FactAnalyticsReport report = new FactAnalyticsReport();
    database.read(
        String.format(ROWS, "(count(DISTINCT t.session_id) + sum(unnamed))::BIGINT", "fact_active"),
        row -> report.at(row).sessions = row.number(),
        from,
        to);
    database.read(
        String.format(ROWS, "sum(added)::BIGINT, sum(removed)::BIGINT", "fact_edited"),
        row -> {
          Sums sums = report.at(row);
          sums.added = row.number();
          sums.removed = row.number();
        },
        from,
        to);
    database.read(
        String.format(
            ROWS,
            "coalesce(sum(n) FILTER (WHERE operation = 'COMMIT'), 0)::BIGINT,"
                + " coalesce(sum(n) FILTER (WHERE operation = 'PULL_REQUEST'), 0)::BIGINT",
            "fact_git_done"),
        row -> {
          Sums sums = report.at(row);
          sums.commits = row.number();
          sums.pullRequests = row.number();
        },
        from,
        to);
    database.read(
        String.format(
            ROWS,
            "t.tool AS tool, coalesce(sum(n) FILTER (WHERE accepted), 0)::BIGINT,"
                + " coalesce(sum(n) FILTER (WHERE NOT accepted), 0)::BIGINT",
            "fact_decided"),
        row -> {
          Sums sums = report.at(row);
          sums.tools.add(new AnalyticsRow.ToolActions(row.text(), row.number(), row.number()));
        },
        from,
        to);
    database.read(
        String.format(
            ROWS,
            "t.model AS model, sum(input)::BIGINT, sum(output)::BIGINT, sum(cache_read)::BIGINT,"
                + " sum(cache_creation)::BIGINT, coalesce(sum(usd), 0)",
            "fact_spent"),
        row -> {
          Sums sums = report.at(row);
          sums.models.add(
              new AnalyticsRow.ModelUse(
                  row.text(),
                  new Tokens(row.number(), row.number(), row.number(), row.number()),
                  Money.of(row)));
        },
        from,
        to);
    List<AnalyticsRow> found = new ArrayList<>();
    report.rows.forEach((key, sums) -> found.add(sums.row(day, key)));
    return found;
  }

  private Sums at(RowIn row) throws SQLException {
    Key key = new Key(row.text(), row.textOrNull(), row.text(), row.flag());
    return rows.computeIfAbsent(key, added -> new Sums());
  }

  private record Key(String actor, @Nullable String terminal, String customer, boolean remote)
      implements Comparable<Key> {
    private static final java.util.Comparator<Key> ORDER =
        java.util.Comparator.comparing(Key::actor)
            .thenComparing(
                Key::terminal,
                java.util.Comparator.nullsFirst(java.util.Comparator.<String>naturalOrder()))
            .thenComparing(Key::customer)
            .thenComparing(Key::remote);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  private static final class Sums {
    private long sessions;
    private long added;
    private long removed;
    private long commits;
    private long pullRequests;
    private final List<AnalyticsRow.ToolActions> tools = new ArrayList<>();
    private final List<AnalyticsRow.ModelUse> models = new ArrayList<>();

    AnalyticsRow row(LocalDate day, Key key) {
      return new AnalyticsRow(
          day,
          key.actor,
          key.actor.indexOf('@') < 0,
          key.terminal,
          key.customer,
          key.remote,
          sessions,
          added,
          removed,
          commits,
          pullRequests,
          tools,
          models);
    }
  }
}
