package dev.assay.store.embedded;

import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.EditOrigin;
import dev.assay.store.fact.Verdict;
import dev.assay.store.join.Join;
import dev.assay.store.report.AttributedChange;
import dev.assay.store.report.Filter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads decided changes with their verdicts, some at a time: a reader who is slow holds no
 * connection, and an export of years needs no more memory than one of a week.
 */
final class AttributionExport {
  /** Effective lines after which a batch ends; one larger change is a batch of its own. */
  static final int BATCH_LINES = 20_000;

  /** The same of the first batch: who waits sees it. */
  private static final int FIRST_BATCH_LINES = 100;

  /** How much larger than the one before it each later batch is. */
  private static final int BATCH_GROWTH = 10;

  /** Changes in a batch, for those that have hardly a line. */
  static final int BATCH_CHANGES = 500;

  private final Database database;
  private final EditReader reader;

  AttributionExport(Database database, EditReader reader) {
    this.database = database;
    this.reader = reader;
  }

  /**
   * @param wanted what the filter asks for, or less
   */
  void run(Filter filter, Where wanted, Consumer<AttributedChange> each) {
    List<Sized> batch = new ArrayList<>();
    long lines = 0;
    int most = FIRST_BATCH_LINES;
    Where decided = wanted.and("state IS NOT NULL");
    for (Sized change : sized(decided.fromChanges(filter), decided.parameters())) {
      if (!batch.isEmpty() && (batch.size() == BATCH_CHANGES || lines + change.lines > most)) {
        read(batch).forEach(each);
        batch.clear();
        lines = 0;
        most = Math.min(BATCH_LINES, BATCH_GROWTH * most);
      }
      batch.add(change);
      lines += change.lines;
    }
    read(batch).forEach(each);
  }

  private List<Sized> sized(String from, @Nullable Object... parameters) {
    List<Sized> out = new ArrayList<>();
    database.read(
        "SELECT key, coalesce(lines, 0), decided_micros FROM "
            + from
            + " ORDER BY merged_micros, key",
        row -> out.add(new Sized(row.text(), row.number(), row.number())),
        parameters);
    return out;
  }

  /** In the order of the keys. A change that has gone meanwhile is left out. */
  private List<AttributedChange> read(List<Sized> batch) {
    Map<String, List<Verdict>> verdicts = new HashMap<>();
    Map<String, Attribution> found = new HashMap<>();
    List<Sized> wanted = batch;
    while (!wanted.isEmpty()) {
      // In this order: a decision that still stands after its verdicts were read has all of them.
      keys(wanted).forEach(verdicts::remove); // of a decision that stood before
      verdicts.putAll(verdicts(wanted));
      found.putAll(decided(wanted));
      List<String> anew = keys(wanted).stream().filter(key -> !found.containsKey(key)).toList();
      wanted =
          anew.isEmpty()
              ? List.of()
              : sized(
                  "changes WHERE state IS NOT NULL AND key IN (SELECT unnest(?::VARCHAR[]))", anew);
    }
    Set<String> edits = new HashSet<>();
    verdicts.values().forEach(some -> some.forEach(verdict -> add(verdict.toolUseId(), edits)));
    Map<String, EditOrigin> origins = origins(edits, found.values());
    List<AttributedChange> out = new ArrayList<>();
    for (Sized each : batch) {
      Attribution attribution = found.get(each.key);
      if (attribution != null) {
        List<Verdict> its = verdicts.getOrDefault(each.key, List.of());
        out.add(new AttributedChange(attribution.withVerdicts(its), origins));
      }
    }
    return out;
  }

  private static List<String> keys(List<Sized> of) {
    return of.stream().map(Sized::key).toList();
  }

  /**
   * Asks for the rows of some changes: each time of a decision leads to the few blocks that have
   * its rows, where it is a parameter of its own; in a list none does.
   *
   * @param sql with {@code %1$s} where the times stand, and then the keys
   */
  private void read(String sql, List<Sized> of, Sql.Row each) {
    Stream<Object> micros = of.stream().map(Sized::decidedMicros);
    Object[] parameters = Stream.concat(micros, of.stream().map(Sized::key)).toArray();
    String places = String.join(",", Collections.nCopies(of.size(), "?"));
    if (of.size() == 1) { // as in most first batches
      database.read(sql.formatted(places), each, parameters);
    } else {
      database.readOnce(sql.formatted(places), each, parameters);
    }
  }

  private Map<String, List<Verdict>> verdicts(List<Sized> of) {
    Map<String, List<Verdict>> verdicts = new HashMap<>();
    read(
        """
        SELECT change_key, path, line, effective, assisted, strategy, session_id, tool_use_id,
          difference, reason
        FROM verdicts WHERE decided_micros IN (%1$s) AND change_key IN (%1$s)
        ORDER BY change_key, position
        """,
        of,
        row ->
            verdicts
                .computeIfAbsent(row.text(), key -> new ArrayList<>())
                .add(ChangeTable.verdict(row)));
    return verdicts;
  }

  /** Attributions without their verdicts, of those decisions that still stand. */
  private Map<String, Attribution> decided(List<Sized> of) {
    Map<String, Attribution> found = new HashMap<>();
    read(
        """
        SELECT * FROM changes
        WHERE decided_micros IN (%1$s) AND key IN (%1$s) AND state IS NOT NULL
        """,
        of,
        row -> {
          Attribution attribution = ChangeTable.attribution(row);
          found.put(attribution.change().key(), attribution);
        });
    of.forEach(
        each ->
            found.computeIfPresent(
                each.key,
                (key, it) -> Join.micros(it.decidedAt()) == each.decidedMicros ? it : null));
    return found;
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
