package dev.assay.store.embedded;

import dev.assay.store.Edits;
import dev.assay.store.fact.EditFact;
import dev.assay.store.join.EditContent;
import dev.assay.store.join.Join;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Edits, from the database. */
final class EmbeddedEdits implements Edits {
  private static final Comparator<EditFact> BY_TIME =
      Comparator.comparing(EditFact::time).thenComparing(EditFact::toolUseId);

  private static final String SELECT =
      """
      SELECT e.tool_use_id, e.session_id, p.user_name, e.time_micros, e.tool, e.repositories, e.path,
        e.lines_added, e.lines_removed, e.user_modified, e.partial
      FROM edits e LEFT JOIN people p USING (session_id)
      """;

  private final Database database;

  EmbeddedEdits(Database database) {
    this.database = database;
  }

  @Override
  public List<EditFact> inFiles(
      Collection<String> repositories, Collection<String> paths, Instant from, Instant to) {
    if (repositories.isEmpty() || paths.isEmpty()) {
      return List.of();
    }
    return select(
        " WHERE list_has_any(e.repositories, ?) AND e.time_micros BETWEEN ? AND ?"
            + " AND e.path IN (SELECT unnest(?::VARCHAR[]))",
        repositories,
        Join.micros(from),
        Join.micros(to),
        paths);
  }

  @Override
  public List<EditFact> withLines(
      Collection<String> repositories,
      Collection<String> normalisedLines,
      Instant from,
      Instant to) {
    if (repositories.isEmpty() || normalisedLines.isEmpty()) {
      return List.of();
    }
    Set<String> wanted = new HashSet<>(normalisedLines);
    return select(
            " WHERE list_has_any(e.repositories, ?) AND e.time_micros BETWEEN ? AND ?",
            repositories,
            Join.micros(from),
            Join.micros(to))
        .stream()
        .filter(edit -> IndexedLines.of(edit.lines()).stream().anyMatch(wanted::contains))
        .toList();
  }

  @Override
  public List<EditFact> byId(Collection<String> toolUseIds) {
    if (toolUseIds.isEmpty()) {
      return List.of();
    }
    return select(" WHERE e.tool_use_id IN (SELECT unnest(?::VARCHAR[]))", toolUseIds);
  }

  @Override
  public List<String> repositories() {
    List<String> names = new ArrayList<>();
    database.read(
        "SELECT DISTINCT unnest(repositories) AS r FROM edits ORDER BY r",
        row -> names.add(row.text()));
    return names;
  }

  @Override
  public long version(Collection<String> repositories, Instant from, Instant to) {
    if (repositories.isEmpty()) {
      return 0;
    }
    long[] version = new long[1];
    database.read(
        """
        SELECT coalesce(max(version), 0) FROM (
          SELECT repositories, time_micros, version FROM edits
          UNION ALL SELECT repositories, time_micros, version FROM edits_moved)
        WHERE list_has_any(repositories, ?) AND time_micros BETWEEN ? AND ?
        """,
        row -> version[0] = row.number(),
        repositories,
        Join.micros(from),
        Join.micros(to));
    return version[0];
  }

  private List<EditFact> select(String where, Object... parameters) {
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
