package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the line index asks the facts. */
final class EditQueries implements IndexedEdits {
  private final Database database;
  private final EditReader reader;

  EditQueries(Database database, EditReader reader) {
    this.database = database;
    this.reader = reader;
  }

  @Override
  public Map<Long, Long> newestVersions(long upTo) {
    Map<Long, Long> newest = new TreeMap<>();
    database.read(
        """
        SELECT time_micros // ?, max(version) FROM edits WHERE version <= ?
        GROUP BY 1 HAVING bool_or(has_lines)
        """,
        row -> newest.put(row.number(), row.number()),
        LineWindow.MICROS,
        upTo);
    return newest;
  }

  @Override
  public Set<Long> windows(long upTo) {
    Set<Long> all = new TreeSet<>();
    database.read(
        "SELECT DISTINCT time_micros // ? FROM edits WHERE version <= ?",
        row -> all.add(row.number()),
        LineWindow.MICROS,
        upTo);
    return all;
  }

  @Override
  public Set<Long> movedFrom(long above, long upTo) {
    Set<Long> windows = new TreeSet<>();
    database.read(
        "SELECT DISTINCT time_micros // ? FROM edits_moved WHERE version > ? AND version <= ?",
        row -> windows.add(row.number()),
        LineWindow.MICROS,
        above,
        upTo);
    return windows;
  }

  @Override
  public List<Long> cuts(
      LineIndex.Span times, long above, long upTo, long limitEdits, long limitLines) {
    List<Long> cuts = new ArrayList<>();
    database.read(
        """
        SELECT max(version) AS cut FROM (
          SELECT version, sum(count(*)) OVER (ORDER BY version) AS edits,
            sum(sum(lines_added::BIGINT + lines_removed)) OVER (ORDER BY version) AS lines
          FROM edits
          WHERE version > ? AND version <= ? AND time_micros BETWEEN ? AND ?
          GROUP BY version)
        GROUP BY edits // ?, lines // ? ORDER BY cut
        """,
        row -> cuts.add(row.number()),
        above,
        upTo,
        times.fromMicros(),
        times.toMicros(),
        limitEdits,
        limitLines);
    return cuts;
  }

  @Override
  public List<EditFact> written(LineIndex.Span times, long above, long upTo) {
    return reader.written(times, above, upTo);
  }

  @Override
  public List<EditFact> withLines(List<EditFact> edits, long above, long upTo) {
    return reader.withLines(edits, above, upTo);
  }

  @Override
  public List<Long> expired(long window) {
    LineIndex.Span times = LineWindow.times(window);
    List<Long> hashes = new ArrayList<>();
    database.read(
        "SELECT id_hash FROM edits WHERE expired AND time_micros BETWEEN ? AND ?",
        row -> hashes.add(row.number()),
        times.fromMicros(),
        times.toMicros());
    return hashes;
  }

  @Override
  public long keptFromMicros() {
    return OldFacts.keptFromMicros(database);
  }
}
