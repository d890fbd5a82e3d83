package dev.assay.store.embedded;

import dev.assay.store.fact.EditOrigin;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Asks which model wrote edits. */
final class OriginQuery {
  /**
   * Requests that Claude Code makes beside the conversation; they write no edit. The names are its
   * own ({@code query_source} of the event {@code api_request}).
   */
  private static final List<String> BESIDE =
      List.of(
          "auxiliary", "away_summary", "compact", "generate_session_title", "prompt_suggestion");

  /** What telemetry calls the session's main thread; transcripts have {@code main} instead. */
  private static final List<String> MAIN = List.of("main", "repl_main_thread", "sdk");

  private OriginQuery() {}

  static Map<String, EditOrigin> of(Database database, Collection<String> toolUseIds) {
    Map<String, EditOrigin> out = new HashMap<>();
    long[] hashes = LineKey.ofEdits(toolUseIds);
    Span alive = alive(database, hashes);
    database.read(
        """
        WITH wanted AS (
          SELECT tool_use_id, session_id, time_micros, lines_added, lines_removed FROM edits
          WHERE id_hash IN (SELECT unnest(?::BIGINT[]))),
        spoken AS (
          SELECT session_id, time_micros, model,
            main AND (query_source IS NULL OR list_contains(?::VARCHAR[], query_source)) AS main
          FROM usage
          WHERE session_id IN (SELECT session_id FROM wanted) AND time_micros BETWEEN ? AND ?
            AND model IS NOT NULL
            AND NOT coalesce(list_contains(?::VARCHAR[], query_source), false)),
        beside AS (
          SELECT session_id, list(DISTINCT model) AS models FROM spoken WHERE NOT main
          GROUP BY session_id)
        SELECT w.tool_use_id,
          CASE WHEN b.models IS NULL OR b.models = [m.model] THEN m.model END,
          s.client_version, w.lines_added, w.lines_removed
        FROM wanted w
        ASOF LEFT JOIN (SELECT * FROM spoken WHERE main) m
          ON w.session_id = m.session_id AND w.time_micros >= m.time_micros
        LEFT JOIN beside b ON b.session_id = w.session_id
        LEFT JOIN (FROM sessions WHERE last_micros >= ? AND first_micros <= ?) s
          ON s.session_id = w.session_id
        """,
        row ->
            out.put(
                row.text(),
                new EditOrigin(row.textOrNull(), row.textOrNull(), row.integer(), row.integer())),
        hashes,
        MAIN,
        alive.first,
        alive.last,
        BESIDE,
        alive.first,
        alive.last);
    out.keySet().retainAll(Set.copyOf(toolUseIds)); // two may have the same hash
    return out;
  }

  /**
   * From when to when the sessions of these edits were alive: of a year's responses few need be
   * read. For ever, where a session was not alive when it edited (another's copy can say so).
   */
  private static Span alive(Database database, long[] hashes) {
    String edits = " FROM edits WHERE id_hash IN (SELECT unnest(?::BIGINT[]))";
    Span edited =
        span(
            database,
            "SELECT min(time_micros), max(time_micros), count(DISTINCT session_id)" + edits,
            hashes);
    Span alive =
        span(
            database,
            "SELECT min(first_micros), max(last_micros), count(*) FROM sessions"
                + " WHERE last_micros >= ? AND first_micros <= ?"
                + " AND session_id IN (SELECT session_id"
                + edits
                + ")",
            edited.first,
            edited.last,
            hashes);
    return alive.sessions == edited.sessions
        ? alive
        : new Span(Long.MIN_VALUE, Long.MAX_VALUE, edited.sessions);
  }

  private static Span span(Database database, String sql, Object... parameters) {
    Span[] found = new Span[1];
    database.read(
        sql, row -> found[0] = new Span(row.number(), row.number(), row.number()), parameters);
    return Objects.requireNonNull(found[0]);
  }

  private record Span(long first, long last, long sessions) {}
}
