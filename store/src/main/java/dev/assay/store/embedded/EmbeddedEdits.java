package dev.assay.store.embedded;

import dev.assay.store.Edits;
import dev.assay.store.fact.EditFact;
import dev.assay.store.fact.EditOrigin;
import dev.assay.store.join.Join;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Edits, from the database. */
final class EmbeddedEdits implements Edits {
  private final Database database;
  private final Commits commits;
  private final Sums sums;
  private final EditReader reader;
  private final LineIndex index;
  private final EditVersions versions;

  EmbeddedEdits(
      Database database,
      Commits commits,
      Sums sums,
      EditReader reader,
      LineIndex index,
      EditVersions versions) {
    this.commits = commits;
    this.versions = versions;
    this.database = database;
    this.sums = sums;
    this.reader = reader;
    this.index = index;
  }

  @Override
  public List<EditFact> inFiles(
      Collection<String> repositories, Collection<String> paths, Instant from, Instant to) {
    commits.settle();
    List<String> known = versions.known(repositories);
    if (known.isEmpty() || paths.isEmpty()) {
      return List.of();
    }
    Set<String> wanted = new HashSet<>(paths);
    LineIndex.Found found = index.inFiles(known, wanted, Join.micros(from), Join.micros(to));
    if (found == null) {
      return search(known, wanted, Join.micros(from), Join.micros(to));
    }
    Map<String, EditFact> all = new HashMap<>();
    for (LineIndex.Span span : found.notIndexed()) {
      search(known, wanted, span.fromMicros(), span.toMicros())
          .forEach(edit -> all.put(edit.toolUseId(), edit));
    }
    found.edits().forEach(edit -> all.put(edit.toolUseId(), edit));
    return all.values().stream().sorted(EditReader.BY_TIME).toList();
  }

  private List<EditFact> search(
      Collection<String> repositories, Collection<String> paths, long from, long to) {
    return reader.select(
        " WHERE list_has_any(e.repositories, ?) AND e.time_micros BETWEEN ? AND ?"
            + " AND e.path IN (SELECT unnest(?::VARCHAR[]))",
        repositories,
        from,
        to,
        paths);
  }

  @Override
  public List<EditFact> withLines(
      Collection<String> repositories,
      Collection<String> normalisedLines,
      Instant from,
      Instant to) {
    commits.settle();
    List<String> known = versions.known(repositories);
    if (known.isEmpty() || normalisedLines.isEmpty()) {
      return List.of();
    }
    List<EditFact> found =
        index.withLines(known, normalisedLines, Join.micros(from), Join.micros(to));
    return found == null
        ? search(known, normalisedLines, from, to)
        : found.stream().sorted(EditReader.BY_TIME).toList();
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
  public Set<String> nestedPaths(Collection<String> repositories, Collection<String> paths) {
    commits.settle();
    Set<String> found = versions.nestedPaths(repositories, paths);
    return found == null ? EditVersions.nestedPaths(database, repositories, paths) : found;
  }

  @Override
  public List<EditFact> byId(Collection<String> toolUseIds) {
    commits.settle();
    return reader.byId(toolUseIds);
  }

  @Override
  public List<EditFact> withoutLines(Collection<String> toolUseIds, Instant around) {
    commits.settle();
    return reader.withoutLines(toolUseIds, around);
  }

  @Override
  public Map<String, EditOrigin> origins(Collection<String> toolUseIds) {
    commits.settle();
    return OriginQuery.of(database, reader.ofIds(toolUseIds));
  }

  @Override
  public List<String> repositories() {
    commits.settle();
    sums.refresh();
    List<String> names = new ArrayList<>();
    database.read(
        "SELECT DISTINCT repository FROM work WHERE repository <> '' ORDER BY repository",
        row -> names.add(row.text()));
    return names;
  }

  @Override
  public Instant keptFrom() {
    return Join.instant(OldFacts.keptFromMicros(database));
  }

  @Override
  public long version(Collection<String> repositories, Instant from, Instant to) {
    commits.settle();
    long atMost = versions.atMost(repositories, Join.micros(from), Join.micros(to));
    if (atMost == versions.atLeast(repositories, Join.micros(from), Join.micros(to))) {
      return atMost;
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
