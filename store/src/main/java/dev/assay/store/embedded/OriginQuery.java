package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import dev.assay.store.fact.EditOrigin;
import dev.assay.store.join.Join;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

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

  /** By the edits' ids; of their sessions no more is read than they lived. */
  static Map<String, EditOrigin> of(Database database, Map<String, EditFact> edits) {
    Map<String, EditOrigin> out = new HashMap<>();
    if (edits.isEmpty()) {
      return out;
    }
    List<EditFact> wanted = List.copyOf(edits.values());
    Span alive = alive(database, wanted);
    database.read(
        """
        WITH wanted AS (
          SELECT unnest(?::VARCHAR[]) AS tool_use_id, unnest(?::VARCHAR[]) AS session_id,
            unnest(?::BIGINT[]) AS time_micros),
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
          CASE WHEN b.models IS NULL OR b.models = [m.model] THEN m.model END, s.client_version
        FROM wanted w
        ASOF LEFT JOIN (SELECT * FROM spoken WHERE main) m
          ON w.session_id = m.session_id AND w.time_micros >= m.time_micros
        LEFT JOIN beside b ON b.session_id = w.session_id
        LEFT JOIN (FROM sessions WHERE last_micros >= ? AND first_micros <= ?) s
          ON s.session_id = w.session_id
        """,
        row -> {
          String id = row.text();
          EditFact edit = Objects.requireNonNull(edits.get(id));
          out.put(
              id,
              new EditOrigin(
                  row.textOrNull(), row.textOrNull(), edit.linesAdded(), edit.linesRemoved()));
        },
        wanted.stream().map(EditFact::toolUseId).toList(),
        wanted.stream().map(EditFact::sessionId).toList(),
        wanted.stream().mapToLong(OriginQuery::micros).toArray(),
        MAIN,
        alive.first,
        alive.last,
        BESIDE,
        alive.first,
        alive.last);
    return out;
  }

  /**
   * From when to when the sessions of these edits were alive: of a year's responses few need be
   * read. For ever, where a session was not alive when it edited (another's copy can say so).
   */
  private static Span alive(Database database, List<EditFact> edits) {
    LongSummaryStatistics edited =
        edits.stream().mapToLong(OriginQuery::micros).summaryStatistics();
    Set<String> sessions = edits.stream().map(EditFact::sessionId).collect(Collectors.toSet());
    Span[] found = new Span[1];
    database.read(
        """
        SELECT min(first_micros), max(last_micros), count(*) FROM sessions
        WHERE last_micros >= ? AND first_micros <= ? AND session_id IN (SELECT unnest(?::VARCHAR[]))
        """,
        row -> {
          Span span = new Span(row.number(), row.number());
          found[0] = row.number() == sessions.size() ? span : Span.EVER;
        },
        edited.getMin(),
        edited.getMax(),
        sessions);
    return Objects.requireNonNull(found[0]);
  }

  private static long micros(EditFact edit) {
    return Join.micros(edit.time());
  }

  /** Microseconds since 1970, both included. */
  private record Span(long first, long last) {
    static final Span EVER = new Span(Long.MIN_VALUE, Long.MAX_VALUE);
  }
}
