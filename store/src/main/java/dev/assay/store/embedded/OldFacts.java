package dev.assay.store.embedded;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts of days that are not kept any more: which they are, and what goes with them. */
final class OldFacts {
  /** Which sums a fact has a part in; as the tables' own {@code touch} says. */
  private static final String TOUCH =
      """
      INSERT INTO touched
      SELECT session_id, NULL, day FROM decisions WHERE time_micros < $before
      UNION SELECT session_id, NULL, day FROM edits WHERE time_micros < $before
      UNION SELECT session_id, NULL, day FROM usage WHERE time_micros < $before
      UNION SELECT session_id, NULL, day FROM git_operations WHERE time_micros < $before
      UNION SELECT session_id, CASE WHEN session_id IS NULL THEN coalesce(user_name, '') END, day
        FROM samples WHERE time_micros < $before
      UNION SELECT session_id, NULL, (last_micros // 86400000000)::INTEGER
        FROM sessions WHERE last_micros < $before
      """;

  /**
   * In this order: what hangs on a fact goes before it. Of a cumulative series that goes on, the
   * last sample before stays, and counts for nothing itself: what comes after is more than it.
   */
  private static final List<String> DELETE =
      List.of(
          """
          DELETE FROM edit_lines WHERE tool_use_id IN (
            SELECT tool_use_id FROM edits WHERE time_micros < $before)
          """,
          "DELETE FROM edits WHERE time_micros < $before",
          "DELETE FROM edits_moved WHERE time_micros < $before",
          "DELETE FROM decisions WHERE time_micros < $before",
          """
          DELETE FROM usage_ids WHERE usage_id IN (
            SELECT usage_id FROM usage WHERE time_micros < $before)
          """,
          "DELETE FROM usage WHERE time_micros < $before",
          "DELETE FROM git_operations WHERE time_micros < $before",
          """
          DELETE FROM samples WHERE time_micros < $before AND key NOT IN (
            SELECT max_by(key, time_micros) FILTER (time_micros < $before) FROM samples
            WHERE cumulative AND series IN (
              SELECT series FROM samples WHERE cumulative AND time_micros < $before)
            GROUP BY series HAVING max(time_micros) >= $before)
          """,
          """
          DELETE FROM sessions s WHERE last_micros < $before AND NOT EXISTS (
            FROM (
              SELECT session_id FROM decisions
              UNION ALL SELECT session_id FROM edits
              UNION ALL SELECT session_id FROM usage
              UNION ALL SELECT session_id FROM git_operations
              UNION ALL SELECT session_id FROM samples) kept
            WHERE kept.session_id = s.session_id)
          """,
          "DELETE FROM exporters WHERE last_micros < $before",
          """
          DELETE FROM verdicts WHERE change_key IN (
            SELECT key FROM changes WHERE merged_micros < $before)
          """,
          """
          DELETE FROM survival WHERE change_key IN (
            SELECT key FROM changes WHERE merged_micros < $before)
          """,
          "DELETE FROM changes WHERE merged_micros < $before");

  /** A row for each fact that has a day. */
  private static final String DAYS =
      """
      SELECT day FROM decisions UNION ALL SELECT day FROM edits UNION ALL SELECT day FROM usage
      UNION ALL SELECT day FROM git_operations UNION ALL SELECT day FROM samples
      UNION ALL SELECT day FROM changes
      """;

  private OldFacts() {}

  /**
   * Takes away what lies before a time, and notes that nothing before it is kept.
   *
   * @return how many rows went
   */
  static long delete(Transaction tx, long beforeMicros) throws SQLException {
    if (tx.execute(at(TOUCH, beforeMicros)) > 0) {
      tx.touched();
    }
    long rows = 0;
    for (String sql : DELETE) {
      rows += tx.execute(at(sql, beforeMicros));
    }
    tx.execute("DELETE FROM meta WHERE name = 'kept_from_micros'");
    tx.execute("INSERT INTO meta VALUES ('kept_from_micros', ?)", Long.toString(beforeMicros));
    return rows;
  }

  private static String at(String sql, long beforeMicros) {
    return sql.replace("$before", Long.toString(beforeMicros));
  }

  /** Before this nothing is kept; 0, which no time is before, where nothing was ever taken away. */
  static long keptFromMicros(Database database) {
    long[] micros = new long[1];
    database.read(
        "SELECT value::BIGINT FROM meta WHERE name = 'kept_from_micros'",
        row -> micros[0] = row.number());
    return micros[0];
  }

  /** The first day from this one on that has facts; null where there is none. */
  static @Nullable Integer oldestDay(Database database, int from) {
    Integer[] day = new Integer[1];
    database.read(
        "SELECT min(day) FROM (" + DAYS + ") WHERE day >= ?",
        row -> day[0] = row.integerOrNull(),
        from);
    return day[0];
  }

  /**
   * The day before which this share of all rows lies, at least.
   *
   * @param share above 0, at most 1
   */
  static int dayAfterShare(Database database, double share, int from) {
    int[] day = {from};
    database.read(
        """
        SELECT coalesce(min(day) + 1, ?) FROM (
          SELECT day, sum(count(*)) OVER (ORDER BY day) AS below, sum(count(*)) OVER () AS all_rows
          FROM (
        """
            + DAYS
            + """
              UNION ALL SELECT c.day FROM verdicts v JOIN changes c ON c.key = v.change_key)
          WHERE day >= ? GROUP BY day)
        WHERE below >= ? * all_rows
        """,
        row -> day[0] = row.integer(),
        from,
        from,
        share);
    return day[0];
  }
}
