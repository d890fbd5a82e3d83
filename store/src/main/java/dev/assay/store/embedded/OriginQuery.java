package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import dev.assay.store.fact.EditOrigin;
import dev.assay.store.join.Join;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

  private final Database database;
  private final Map<String, @Nullable String> versions = new HashMap<>();
  private final Map<String, Responses> responses = new HashMap<>();

  /** Each name once: there are many responses, and few models. */
  private final Map<String, String> models = new HashMap<>();

  private OriginQuery(Database database) {
    this.database = database;
  }

  /** By the edits' ids; of their sessions no more is read than they lived. */
  static Map<String, EditOrigin> of(Database database, Map<String, EditFact> edits) {
    return edits.isEmpty() ? Map.of() : new OriginQuery(database).of(edits);
  }

  private Map<String, EditOrigin> of(Map<String, EditFact> edits) {
    Set<String> sessions =
        edits.values().stream().map(EditFact::sessionId).collect(Collectors.toSet());
    readResponses(sessions, readSessions(sessions, edits.values()));
    Map<String, EditOrigin> out = new HashMap<>();
    edits.forEach((id, edit) -> out.put(id, origin(edit)));
    return out;
  }

  private EditOrigin origin(EditFact edit) {
    Responses said = responses.get(edit.sessionId());
    return new EditOrigin(
        said == null ? null : said.modelAt(Join.micros(edit.time())),
        versions.get(edit.sessionId()),
        edit.linesAdded(),
        edit.linesRemoved());
  }

  /**
   * Reads the sessions, and tells from when to when they were alive: of a year's responses few need
   * be read. For ever, where a session was not alive when it edited (another's copy can say so).
   */
  private LongSummaryStatistics readSessions(Set<String> sessions, Collection<EditFact> edits) {
    LongSummaryStatistics edited =
        edits.stream().mapToLong(edit -> Join.micros(edit.time())).summaryStatistics();
    LongSummaryStatistics alive = new LongSummaryStatistics();
    String sql =
        """
        SELECT session_id, first_micros, last_micros, client_version FROM sessions
        WHERE last_micros >= ? AND first_micros <= ? AND session_id IN (SELECT unnest(?::VARCHAR[]))
        """;
    Sql.Row each =
        row -> {
          String session = row.text();
          alive.accept(row.number());
          alive.accept(row.number());
          versions.put(session, row.textOrNull());
        };
    database.read(sql, each, edited.getMin(), edited.getMax(), sessions);
    if (!versions.keySet().containsAll(sessions)) {
      database.read(sql, each, Long.MIN_VALUE, Long.MAX_VALUE, sessions);
      alive.accept(Long.MIN_VALUE);
      alive.accept(Long.MAX_VALUE);
    }
    return alive;
  }

  private void readResponses(Set<String> sessions, LongSummaryStatistics alive) {
    database.read(
        """
        SELECT session_id, time_micros, model,
          main AND (query_source IS NULL OR list_contains(?::VARCHAR[], query_source))
        FROM usage
        WHERE time_micros BETWEEN ? AND ? AND session_id IN (SELECT unnest(?::VARCHAR[]))
          AND model IS NOT NULL
          AND NOT coalesce(list_contains(?::VARCHAR[], query_source), false)
        """,
        row ->
            responses
                .computeIfAbsent(row.text(), session -> new Responses())
                .add(row.number(), models.computeIfAbsent(row.text(), name -> name), row.flag()),
        MAIN,
        alive.getMin(),
        alive.getMax(),
        sessions,
        BESIDE);
  }

  /** What answered in one session. */
  private static final class Responses {
    /** Of the main thread, by their time. */
    private final TreeMap<Long, String> main = new TreeMap<>();

    /** The models of all others: which of them wrote an edit nobody says. */
    private final Set<String> others = new HashSet<>();

    /** Of two at one moment, which nothing tells apart, the same one always. */
    void add(long micros, String model, boolean ofMain) {
      if (ofMain) {
        main.merge(micros, model, (a, b) -> a.compareTo(b) < 0 ? a : b);
      } else {
        others.add(model);
      }
    }

    /** The model of the last one until then; null where another may have written what was then. */
    @Nullable String modelAt(long micros) {
      Map.Entry<Long, String> last = main.floorEntry(micros);
      return last == null || !Set.of(last.getValue()).containsAll(others) ? null : last.getValue();
    }
  }
}
