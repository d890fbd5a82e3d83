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

/** Reads edits with their lines and the names of their people. */
final class EditReader {
  static final Comparator<EditFact> BY_TIME =
      Comparator.comparing(EditFact::time).thenComparing(EditFact::toolUseId);

  private static final String SELECT =
      """
      SELECT e.tool_use_id, e.session_id, p.user_name, e.time_micros, e.tool, e.repositories, e.path,
        e.lines_added, e.lines_removed, e.user_modified, e.partial
      FROM edits e LEFT JOIN people p USING (session_id)
      """;

  private final Database database;

  EditReader(Database database) {
    this.database = database;
  }

  List<EditFact> byId(Collection<String> toolUseIds) {
    return toolUseIds.isEmpty()
        ? List.of()
        : select(" WHERE e.tool_use_id IN (SELECT unnest(?::VARCHAR[]))", toolUseIds);
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
                  row.textOrNull(),
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
    return facts.values().stream()
        .map(fact -> withLines(fact, Objects.requireNonNull(accounts.get(fact.toolUseId()))))
        .sorted(BY_TIME)
        .toList();
  }

  private static EditFact withLines(EditFact fact, EditTable.Accounts accounts) {
    EditContent content = accounts.content();
    return new EditFact(
        fact.toolUseId(),
        fact.sessionId(),
        fact.user(),
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
