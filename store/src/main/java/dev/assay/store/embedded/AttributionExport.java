package dev.assay.store.embedded;

import static java.util.stream.Collectors.joining;

import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.EditOrigin;
import dev.assay.store.fact.Verdict;
import dev.assay.store.join.Join;
import dev.assay.store.report.AttributedChange;
import dev.assay.store.report.Filter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads decided changes with their verdicts, some at a time: a reader who is slow holds no
 * connection, and an export of years needs no more memory than one of a week.
 */
final class AttributionExport {
  /** Effective lines after which a batch ends; one larger change is a batch of its own. */
  static final int BATCH_LINES = 20_000;

  /** The same of the first batch, each later one of which is twice as large: who waits sees it. */
  private static final int FIRST_BATCH_LINES = 250;

  /** Changes in a batch, for those that have hardly a line. */
  static final int BATCH_CHANGES = 500;

  private final Database database;
  private final EditReader reader;

  AttributionExport(Database database) {
    this.database = database;
    this.reader = new EditReader(database);
  }

  void run(Filter filter, Consumer<AttributedChange> each) {
    List<Sized> batch = new ArrayList<>();
    long lines = 0;
    int most = FIRST_BATCH_LINES;
    for (Sized change : changes(filter)) {
      if (!batch.isEmpty() && (batch.size() == BATCH_CHANGES || lines + change.lines > most)) {
        read(batch).forEach(each);
        batch.clear();
        lines = 0;
        most = Math.min(BATCH_LINES, 2 * most);
      }
      batch.add(change);
      lines += change.lines;
    }
    read(batch).forEach(each);
  }

  private List<Sized> changes(Filter filter) {
    Where where = Where.ofChanges(filter).and("state IS NOT NULL");
    List<Sized> out = new ArrayList<>();
    database.read(
        "SELECT key, coalesce(lines, 0), decided_micros FROM change_people"
            + where.sql()
            + " ORDER BY merged_micros, key",
        row -> out.add(new Sized(row.text(), row.number(), row.number())),
        where.parameters());
    return out;
  }

  /** In the order of the keys. A change that has gone meanwhile is left out. */
  private List<AttributedChange> read(List<Sized> batch) {
    if (batch.isEmpty()) {
      return List.of();
    }
    List<String> keys = batch.stream().map(Sized::key).toList();
    // Written out, each leads to the few blocks that have its verdicts; as a parameter none does.
    String decided =
        batch.stream().map(change -> Long.toString(change.decidedMicros)).collect(joining(","));
    Map<String, List<Verdict>> verdicts = new HashMap<>();
    database.readOnce(
        """
        SELECT change_key, path, line, effective, assisted, strategy, session_id, tool_use_id,
          difference, reason
        FROM verdicts WHERE decided_micros IN (%s) AND change_key IN (SELECT unnest(?::VARCHAR[]))
        ORDER BY change_key, position
        """
            .formatted(decided),
        row ->
            verdicts
                .computeIfAbsent(row.text(), key -> new ArrayList<>())
                .add(ChangeTable.verdict(row)),
        keys);
    Map<String, Attribution> found = new HashMap<>();
    database.read(
        """
        SELECT * FROM changes
        WHERE state IS NOT NULL AND key IN (SELECT unnest(?::VARCHAR[]))
        """,
        row -> {
          Change change = ChangeTable.change(row);
          found.put(
              change.key(),
              new Attribution(
                  change,
                  Attribution.State.valueOf(row.text()),
                  row.textOrNull(),
                  row.integer(),
                  row.number(),
                  Join.instant(row.number()),
                  row.flag(),
                  verdicts.getOrDefault(change.key(), List.of())));
        },
        keys);
    Set<String> edits = new HashSet<>();
    verdicts.values().forEach(some -> some.forEach(verdict -> add(verdict.toolUseId(), edits)));
    Map<String, EditOrigin> origins = origins(edits, found.values());
    List<AttributedChange> out = new ArrayList<>();
    for (String key : keys) {
      Attribution attribution = found.get(key);
      if (attribution != null) {
        out.add(new AttributedChange(attribution, origins));
      }
    }
    return out;
  }

  private Map<String, EditOrigin> origins(Set<String> edits, Collection<Attribution> of) {
    List<Instant> merged = of.stream().map(each -> each.change().mergedAt()).sorted().toList();
    return merged.isEmpty()
        ? Map.of()
        : OriginQuery.of(
            database, reader.near(edits, merged.get(0), merged.get(merged.size() - 1)));
  }

  private static void add(@Nullable String id, Set<String> ids) {
    if (id != null) {
      ids.add(id);
    }
  }

  private record Sized(String key, long lines, long decidedMicros) {}
}
