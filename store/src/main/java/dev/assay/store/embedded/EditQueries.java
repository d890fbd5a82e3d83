package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the line index asks the facts. */
final class EditQueries implements LineIndex.IndexedEdits {
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
        "SELECT time_micros // ?, max(version) FROM edits WHERE has_lines AND version <= ? GROUP BY 1",
        row -> newest.put(row.number(), row.number()),
        LineWindow.MICROS,
        upTo);
    return newest;
  }

  @Override
  public List<String> ids(long window, long above, long upTo) {
    List<String> ids = new ArrayList<>();
    database.read(
        """
        SELECT tool_use_id FROM edits
        WHERE has_lines AND version > ? AND version <= ? AND time_micros >= ? AND time_micros < ?
        """,
        row -> ids.add(row.text()),
        above,
        upTo,
        window * LineWindow.MICROS,
        (window + 1) * LineWindow.MICROS);
    return ids;
  }

  @Override
  public List<String> ids(long above, long upTo) {
    List<String> ids = new ArrayList<>();
    database.read(
        "SELECT tool_use_id FROM edits WHERE has_lines AND version > ? AND version <= ?",
        row -> ids.add(row.text()),
        above,
        upTo);
    return ids;
  }

  @Override
  public List<EditFact> byId(Collection<String> toolUseIds) {
    return reader.byId(toolUseIds);
  }
}
