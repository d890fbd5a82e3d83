package dev.assay.store.embedded;

import dev.assay.proto.v1.EditLines;
import dev.assay.store.fact.EditFact;
import dev.assay.store.join.Join;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads edits with their lines and the names of their people. */
final class EditReader {
  static final Comparator<EditFact> BY_TIME =
      Comparator.comparing(EditFact::time).thenComparing(EditFact::toolUseId);

  private static final String SELECT =
      """
      SELECT e.tool_use_id, e.session_id, e.time_micros, e.tool, e.repositories, e.path,
        e.lines_added, e.lines_removed, e.user_modified, e.partial
      FROM edits e
      """;

  /**
   * Numbers are looked through many times as fast as texts, of which two may have the same; and all
   * columns of few rows are read many times as fast by where the rows are.
   */
  private static final String OF_IDS =
      " WHERE e.rowid IN (SELECT rowid FROM edits WHERE id_hash IN (SELECT unnest(?::BIGINT[]))%s)";

  /** A change's lines are nearly all of the weeks before its merge, or of the hours after it. */
  private static final Duration BEFORE = Duration.ofDays(31);

  private static final Duration AFTER = Duration.ofDays(3);

  private final Database database;
  private final Indexed indexed;

  /** Where it may ask sooner than in the database: {@link LineIndex#ofIds}. */
  interface Indexed {
    Map<String, EditFact> ofIds(Collection<String> toolUseIds, long fromMicros, long toMicros);
  }

  /** Asks the database alone. */
  EditReader(Database database) {
    this(database, (ids, from, to) -> Map.of());
  }

  EditReader(Database database, Indexed indexed) {
    this.database = database;
    this.indexed = indexed;
  }

  List<EditFact> byId(Collection<String> toolUseIds) {
    return toolUseIds.isEmpty() ? List.of() : withLines(ofIds(toolUseIds));
  }

  /** As {@link #byId}, without their lines: those are looked for in a table of their own. */
  List<EditFact> withoutLines(Collection<String> toolUseIds, Instant around) {
    return with(near(toolUseIds, around, around), id -> null);
  }

  /**
   * Edits without lines and people, by their ids: looked for about the time when what speaks of
   * them was made, first in the index, and only those that are not there among all.
   */
  Map<String, EditFact> near(Collection<String> toolUseIds, Instant first, Instant last) {
    if (toolUseIds.isEmpty()) {
      return Map.of();
    }
    Set<String> left = new HashSet<>(toolUseIds);
    long from = Join.micros(first.minus(BEFORE));
    long to = Join.micros(last.plus(AFTER));
    Map<String, EditFact> facts = new HashMap<>(indexed.ofIds(left, from, to));
    left.removeAll(facts.keySet());
    if (!left.isEmpty()) {
      String near = OF_IDS.formatted(" AND time_micros BETWEEN ? AND ?");
      facts.putAll(facts(near, LineKey.ofEdits(left), from, to));
      facts.keySet().retainAll(Set.copyOf(toolUseIds)); // of two ids of one hash
      left.removeAll(facts.keySet());
    }
    if (!left.isEmpty()) {
      facts.putAll(ofIds(left));
    }
    return facts;
  }

  /**
   * What was written of these times, with a version above one and up to another, without lines and
   * people.
   */
  List<EditFact> written(LineIndex.Span times, long above, long upTo) {
    return List.copyOf(
        facts(
                " WHERE version > ? AND version <= ? AND time_micros BETWEEN ? AND ?",
                above,
                upTo,
                times.fromMicros(),
                times.toMicros())
            .values());
  }

  /**
   * What {@link #written} told, with lines; left out is what was written again, or deleted, since.
   */
  List<EditFact> withLines(List<EditFact> edits, long above, long upTo) {
    Map<String, EditFact> facts = new HashMap<>();
    edits.forEach(edit -> facts.put(edit.toolUseId(), edit));
    Map<String, @Nullable EditLines> lines = lines(facts, above, upTo);
    return facts.values().stream()
        .map(fact -> with(fact, null, lines.get(fact.toolUseId())))
        .sorted(BY_TIME)
        .toList();
  }

  /** By time, then by id. */
  List<EditFact> select(String where, Object... parameters) {
    return withLines(facts(where, parameters));
  }

  /** Edits without lines and people, by their ids. */
  Map<String, EditFact> ofIds(Collection<String> toolUseIds) {
    Map<String, EditFact> facts = facts(OF_IDS.formatted(""), LineKey.ofEdits(toolUseIds));
    facts.keySet().retainAll(Set.copyOf(toolUseIds));
    return facts;
  }

  private List<EditFact> withLines(Map<String, EditFact> facts) {
    Map<String, @Nullable EditLines> lines = lines(facts, Long.MIN_VALUE, Long.MAX_VALUE);
    return with(facts, lines::get);
  }

  /**
   * The lines of edits that were written with a version above one and up to another. Their rows
   * have the version of the edit's own row: one transaction writes both, and what was written
   * together mostly lies together. An edit that has none there by now is taken out.
   */
  private Map<String, @Nullable EditLines> lines(
      Map<String, EditFact> facts, long above, long upTo) {
    Map<String, EditTable.Accounts> accounts = new HashMap<>();
    database.read(
        """
        SELECT * EXCLUDE (version) FROM edit_lines WHERE rowid IN (
          SELECT rowid FROM edit_lines WHERE version > ? AND version <= ?
            AND tool_use_id IN (SELECT unnest(?::VARCHAR[])))
        """,
        row -> accounts.computeIfAbsent(row.text(), id -> new EditTable.Accounts()).add(row),
        above,
        upTo,
        facts.keySet());
    facts.keySet().retainAll(accounts.keySet()); // each has some
    Map<String, @Nullable EditLines> lines = new HashMap<>();
    accounts.forEach((id, said) -> lines.put(id, said.content().lines()));
    return lines;
  }

  private List<EditFact> with(
      Map<String, EditFact> facts, Function<String, @Nullable EditLines> lines) {
    Map<String, @Nullable String> users = users(facts.values());
    return facts.values().stream()
        .map(fact -> with(fact, users.get(fact.sessionId()), lines.apply(fact.toolUseId())))
        .sorted(BY_TIME)
        .toList();
  }

  private Map<String, EditFact> facts(String where, Object... parameters) {
    Map<String, EditFact> facts = new HashMap<>();
    database.read(
        SELECT + where,
        row -> {
          EditFact fact =
              new EditFact(
                  row.text(),
                  row.text(),
                  null,
                  Join.instant(row.number()),
                  row.text(),
                  row.texts(),
                  row.textOrNull(),
                  row.integer(),
                  row.integer(),
                  null,
                  row.flag(),
                  row.flag());
          facts.put(fact.toolUseId(), fact);
        },
        parameters);
    return facts;
  }

  /**
   * The people behind the edits' sessions, asked apart: joined, all sessions would be read. Those
   * that were alive when the edits were made are nearly all; the others are looked for everywhere.
   */
  private Map<String, @Nullable String> users(Collection<EditFact> facts) {
    Map<String, @Nullable String> users = new HashMap<>();
    if (facts.isEmpty()) {
      return users;
    }
    Set<String> sessions = facts.stream().map(EditFact::sessionId).collect(Collectors.toSet());
    LongSummaryStatistics times =
        facts.stream().mapToLong(fact -> Join.micros(fact.time())).summaryStatistics();
    String all =
        "SELECT session_id, user_name FROM people WHERE session_id IN (SELECT unnest(?::VARCHAR[]))";
    Sql.Row each = row -> users.put(row.text(), row.textOrNull());
    database.read(
        all + " AND last_micros >= ? AND first_micros <= ?",
        each,
        sessions,
        times.getMin(),
        times.getMax());
    sessions.removeAll(users.keySet());
    if (!sessions.isEmpty()) {
      database.read(all, each, sessions);
    }
    return users;
  }

  private static EditFact with(EditFact fact, @Nullable String user, @Nullable EditLines lines) {
    return new EditFact(
        fact.toolUseId(),
        fact.sessionId(),
        user,
        fact.time(),
        fact.tool(),
        fact.repositories(),
        fact.path(),
        fact.linesAdded(),
        fact.linesRemoved(),
        lines,
        fact.userModified(),
        fact.partial());
  }
}
