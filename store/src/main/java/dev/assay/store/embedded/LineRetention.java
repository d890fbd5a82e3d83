package dev.assay.store.embedded;

import dev.assay.store.join.Join;
import java.sql.SQLException;
import java.time.InstantSource;

/**
 * Takes away the text of lines that was received longer ago than it may be kept; counts, paths and
 * verdicts stay. The space goes to what is written next: the file itself does not shrink.
 */
final class LineRetention {
  private final int days;
  private final Days zone;
  private final InstantSource clock;
  private int lastDay = Integer.MIN_VALUE;

  LineRetention(int days, Days zone, InstantSource clock) {
    this.days = days;
    this.zone = zone;
    this.clock = clock;
  }

  private int today() {
    return zone.of(Join.micros(clock.instant()));
  }

  /** Notes, once a day, which version of edits was the first to be received. */
  void received(Transaction tx) throws SQLException {
    int today = today();
    if (today != lastDay) {
      tx.execute(
          "INSERT INTO received SELECT ?, ? WHERE NOT EXISTS (FROM received WHERE day = ?)",
          today,
          tx.version(),
          today);
      tx.afterCommit(() -> lastDay = today);
    }
  }

  /** Takes the lines away; how many edits had any. */
  int expire(Transaction tx) throws SQLException {
    long[] below = new long[1];
    int lastExpired = today() - days;
    tx.query(
        """
        SELECT coalesce((SELECT min(version) FROM received WHERE day > ?),
          (SELECT max(version) + 1 FROM edits), 0)
        """,
        row -> below[0] = row.number(),
        lastExpired);
    tx.execute(
        """
        CREATE OR REPLACE TEMP TABLE expiring AS
        SELECT DISTINCT l.* EXCLUDE (part, lines, version), l.version FROM edit_lines l
        JOIN edits e USING (tool_use_id) WHERE e.version < ? AND NOT e.expired
        """,
        below[0]);
    tx.query(
        "SELECT DISTINCT session_id, day FROM edits WHERE version < ? AND NOT expired",
        row -> tx.touch(row.text(), row.integer()),
        below[0]);
    tx.execute("DELETE FROM edit_lines WHERE tool_use_id IN (SELECT tool_use_id FROM expiring)");
    tx.execute(
        "INSERT INTO edit_lines SELECT * EXCLUDE (version), NULL, NULL, version FROM expiring");
    int expired =
        tx.execute(
            "UPDATE edits SET expired = true, has_lines = false WHERE version < ? AND NOT expired",
            below[0]);
    tx.execute("DROP TABLE expiring");
    return expired;
  }
}
