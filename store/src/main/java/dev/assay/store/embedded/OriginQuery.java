package dev.assay.store.embedded;

import dev.assay.store.fact.EditOrigin;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    database.read(
        """
        WITH wanted AS (
          SELECT tool_use_id, session_id, time_micros, lines_added, lines_removed FROM edits
          WHERE tool_use_id IN (SELECT unnest(?::VARCHAR[]))),
        spoken AS (
          SELECT session_id, time_micros, model,
            main AND (query_source IS NULL OR list_contains(?::VARCHAR[], query_source)) AS main
          FROM usage
          WHERE session_id IN (SELECT session_id FROM wanted) AND model IS NOT NULL
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
        LEFT JOIN sessions s ON s.session_id = w.session_id
        """,
        row ->
            out.put(
                row.text(),
                new EditOrigin(row.textOrNull(), row.textOrNull(), row.integer(), row.integer())),
        toolUseIds,
        MAIN,
        BESIDE);
    return out;
  }
}
