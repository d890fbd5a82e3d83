package dev.assay.store.embedded;

import dev.assay.store.Edits;
import dev.assay.store.fact.EditFact;
import dev.assay.store.fact.EditOrigin;
import dev.assay.store.join.Join;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Edits, from the database. */
final class EmbeddedEdits implements Edits {
  private final Database database;
  private final EditReader reader;
  private final LineIndex index;

  EmbeddedEdits(Database database, EditReader reader, LineIndex index) {
    this.database = database;
    this.reader = reader;
    this.index = index;
  }

  @Override
  public List<EditFact> inFiles(
      Collection<String> repositories, Collection<String> paths, Instant from, Instant to) {
    if (repositories.isEmpty() || paths.isEmpty()) {
      return List.of();
    }
    return reader.select(
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
    Collection<Long> hashes =
        index.find(repositories, normalisedLines, Join.micros(from), Join.micros(to));
    if (hashes == null) {
      return search(repositories, normalisedLines, from, to);
    }
    if (hashes.isEmpty()) {
      return List.of();
    }
    return reader.select(
        " WHERE list_has_any(e.repositories, ?) AND e.time_micros BETWEEN ? AND ?"
            + " AND e.id_hash IN (SELECT unnest(?::BIGINT[]))",
        repositories,
        Join.micros(from),
        Join.micros(to),
        hashes.stream().mapToLong(Long::longValue).toArray());
  }

  /** Where there is no index: slower, and right. */
  private List<EditFact> search(
      Collection<String> repositories,
      Collection<String> normalisedLines,
      Instant from,
      Instant to) {
    Set<String> wanted = new HashSet<>(normalisedLines);
    return reader
        .select(
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
    return reader.byId(toolUseIds);
  }

  @Override
  public Map<String, EditOrigin> origins(Collection<String> toolUseIds) {
    return toolUseIds.isEmpty() ? Map.of() : OriginQuery.of(database, toolUseIds);
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
}
