package dev.assay.store.embedded;

import dev.assay.store.report.AnalyticsRow;
import dev.assay.store.report.Tokens;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of Anthropic's Analytics API for one UTC day: by actor, terminal, kind of customer and
 * whether the session ran remotely. Where no source names the kind, an account makes it a
 * subscription.
 */
final class AnalyticsReport {
  private static final String ROWS =
      """
      SELECT coalesce(user_name, 'unknown') AS actor, terminal, customer, remote, %s
      FROM %s
      WHERE repository = '' AND utc_day = ?
      GROUP BY ALL ORDER BY ALL
      """;

  private final Map<Key, Figures> rows = new TreeMap<>();

  private AnalyticsReport() {}

  static List<AnalyticsRow> of(Database database, LocalDate day) {
    int utc = (int) day.toEpochDay();
    AnalyticsReport report = new AnalyticsReport();
    database.read(
        String.format(
            ROWS,
            "(sum(utc_sessions) + sum(unnamed))::BIGINT, sum(added)::BIGINT, sum(removed)::BIGINT,"
                + " sum(commits)::BIGINT, sum(pull_requests)::BIGINT",
            "(FROM work WHERE last_micros IS NOT NULL OR git > 0)"),
        row -> {
          Figures sums = report.at(row);
          sums.sessions = row.number();
          sums.added = row.number();
          sums.removed = row.number();
          sums.commits = row.number();
          sums.pullRequests = row.number();
        },
        utc);
    database.read(
        String.format(ROWS, "tool, sum(accepted)::BIGINT, sum(rejected)::BIGINT", "work_tools"),
        row -> {
          Figures sums = report.at(row);
          sums.tools.add(new AnalyticsRow.ToolActions(row.text(), row.number(), row.number()));
        },
        utc);
    database.read(
        String.format(
            ROWS,
            "model, sum(input)::BIGINT, sum(output)::BIGINT, sum(cache_read)::BIGINT,"
                + " sum(cache_creation)::BIGINT, coalesce(sum(usd), 0)",
            "work_models"),
        row -> {
          Figures sums = report.at(row);
          sums.models.add(
              new AnalyticsRow.ModelUse(
                  row.text(),
                  new Tokens(row.number(), row.number(), row.number(), row.number()),
                  Money.of(row)));
        },
        utc);
    List<AnalyticsRow> found = new ArrayList<>();
    report.rows.forEach((key, sums) -> found.add(sums.row(day, key)));
    return found;
  }

  private Figures at(RowIn row) throws SQLException {
    Key key = new Key(row.text(), row.textOrNull(), row.text(), row.flag());
    return rows.computeIfAbsent(key, added -> new Figures());
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

  private static final class Figures {
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
