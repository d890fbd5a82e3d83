package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import dev.assay.store.join.EditContent;
import dev.assay.store.join.Join;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private final Database database;

  EditReader(Database database) {
    this.database = database;
  }

  List<EditFact> byId(Collection<String> toolUseIds) {
    if (toolUseIds.isEmpty()) {
      return List.of();
    }
    // Numbers are looked through five times as fast as texts.
    return select(
        " WHERE e.id_hash IN (SELECT unnest(?::BIGINT[]))"
            + " AND e.tool_use_id IN (SELECT unnest(?::VARCHAR[]))",
        toolUseIds.stream().mapToLong(LineKey::ofEdit).toArray(),
        toolUseIds);
  }

  /** By time, then by id. */
  List<EditFact> select(String where, Object... parameters) {
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
    Map<String, EditTable.Accounts> accounts = new HashMap<>();
    database.read(
        "SELECT * FROM edit_lines WHERE tool_use_id IN (SELECT unnest(?::VARCHAR[]))",
        row -> accounts.computeIfAbsent(row.text(), id -> new EditTable.Accounts()).add(row),
        facts.keySet());
    facts.keySet().retainAll(accounts.keySet()); // each has some; else it was deleted meanwhile
    Map<String, String> users = users(facts.values());
    return facts.values().stream()
        .map(
            fact ->
                whole(
                    fact,
                    users.get(fact.sessionId()),
                    Objects.requireNonNull(accounts.get(fact.toolUseId()))))
        .sorted(BY_TIME)
        .toList();
  }

  /** The people behind the edits' sessions, asked apart: joined, all sessions would be read. */
  private Map<String, String> users(Collection<EditFact> facts) {
    Map<String, String> users = new HashMap<>();
    if (!facts.isEmpty()) {
      database.read(
          """
          SELECT session_id, user_name FROM people
          WHERE session_id IN (SELECT unnest(?::VARCHAR[])) AND user_name IS NOT NULL
          """,
          row -> users.put(row.text(), row.text()),
          facts.stream().map(EditFact::sessionId).collect(Collectors.toSet()));
    }
    return users;
  }

  private static EditFact whole(EditFact fact, @Nullable String user, EditTable.Accounts accounts) {
    EditContent content = accounts.content();
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
        content.lines(),
        fact.userModified(),
        fact.partial());
  }
}
