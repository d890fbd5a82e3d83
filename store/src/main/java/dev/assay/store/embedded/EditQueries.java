package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import java.util.ArrayList;
import java.util.Collection;
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
  public List<Indexable> ids(long above, long upTo) {
    List<Indexable> ids = new ArrayList<>();
    database.read(
        """
        SELECT tool_use_id, lines_added + lines_removed FROM edits
        WHERE version > ? AND version <= ?
        ORDER BY version
        """,
        row -> ids.add(new Indexable(row.text(), row.number())),
        above,
        upTo);
    return ids;
  }

  @Override
  public List<Indexable> ids(long window, long above, long upTo) {
    List<Indexable> ids = new ArrayList<>();
    database.read(
        """
        SELECT tool_use_id, lines_added + lines_removed FROM edits
        WHERE version > ? AND version <= ? AND time_micros >= ? AND time_micros < ?
        ORDER BY version
        """,
        row -> ids.add(new Indexable(row.text(), row.number())),
        above,
        upTo,
        window * LineWindow.MICROS,
        (window + 1) * LineWindow.MICROS);
    return ids;
  }

  @Override
  public List<Long> expired(long window) {
    List<Long> hashes = new ArrayList<>();
    database.read(
        "SELECT id_hash FROM edits WHERE expired AND time_micros >= ? AND time_micros < ?",
        row -> hashes.add(row.number()),
        window * LineWindow.MICROS,
        (window + 1) * LineWindow.MICROS);
    return hashes;
  }

  @Override
  public long keptFromMicros() {
    return OldFacts.keptFromMicros(database);
  }

  @Override
  public List<EditFact> byId(Collection<String> toolUseIds) {
    return reader.byId(toolUseIds);
  }
}
