package dev.assay.store.embedded;

import dev.assay.store.Changes;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.Survival;
import dev.assay.store.fact.Verdict;
import dev.assay.store.join.Join;
import dev.assay.store.report.ChangeSummary;
import dev.assay.store.report.Filter;
import dev.assay.store.report.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes and verdicts. */
final class EmbeddedChanges implements Changes {
  private final Database database;
  private final Writer writer;
  private final ChangeTable table;

  EmbeddedChanges(Database database, Writer writer, Days days, FactRetention retention) {
    this.database = database;
    this.writer = writer;
    this.table = new ChangeTable(days, retention);
  }

  @Override
  public void found(Collection<Change> changes) throws StoreUnavailableException {
    List<Change> given = List.copyOf(changes);
    writer.change(
        tx -> {
          table.found(tx, given);
          return given.size();
        });
  }

  @Override
  public void decided(Collection<Attribution> attributions) throws StoreUnavailableException {
    List<Attribution> given = List.copyOf(attributions);
    writer.change(
        tx -> {
          table.decided(tx, given);
          return given.size();
        });
  }

  @Override
  public List<Change> ofRepository(String repository) {
    List<Change> changes = new ArrayList<>();
    database.read(
        "SELECT * FROM changes WHERE repository = ? ORDER BY merged_micros, number, key",
        row -> changes.add(ChangeTable.change(row)),
        repository);
    return changes;
  }

  @Override
  public Optional<Attribution> attribution(String key) {
    Optional<Attribution> found = attributionWithoutVerdicts(key);
    while (found.isPresent()) {
      Attribution decided = found.get();
      List<Verdict> verdicts = new ArrayList<>();
      database.read(
          """
          SELECT path, line, effective, assisted, strategy, session_id, tool_use_id, difference, reason
          FROM verdicts WHERE decided_micros = ? AND change_key = ? ORDER BY position
          """,
          row -> verdicts.add(ChangeTable.verdict(row)),
          Join.micros(decided.decidedAt()),
          key);
      found = attributionWithoutVerdicts(key);
      if (found.equals(Optional.of(decided))) {
        return Optional.of(decided.withVerdicts(verdicts));
      }
    }
    return found;
  }

  private Optional<Attribution> attributionWithoutVerdicts(String key) {
    List<Attribution> found = new ArrayList<>();
    Where where = Where.ofChange(key).and("state IS NOT NULL");
    database.read(
        "SELECT * FROM changes" + where.sql(),
        row -> found.add(ChangeTable.attribution(row)),
        where.parameters());
    return found.stream().findFirst();
  }

  @Override
  public Page<ChangeSummary> list(
      Filter filter, boolean pullRequestsOnly, int limit, @Nullable String after) {
    Where where = Where.ofChanges(filter);
    if (pullRequestsOnly) {
      where.and("number IS NOT NULL");
    }
    if (after != null) {
      Position position = Position.parse(after);
      where.and(
          "(merged_micros < ? OR (merged_micros = ? AND key > ?))",
          position.mergedMicros,
          position.mergedMicros,
          position.key);
    }
    List<ChangeSummary> items = new ArrayList<>();
    String order = " ORDER BY merged_micros DESC, key";
    // Found by a few columns first: all columns of a page are read faster so.
    database.read(
        "SELECT * FROM changes WHERE rowid IN (SELECT "
            + (filter.user() == null ? "rowid" : "change_row")
            + " FROM "
            + Where.changes(filter)
            + where.sql()
            + order
            + " LIMIT ?)"
            + order,
        row -> items.add(ChangeTable.summary(row)),
        where.parametersWith(limit + 1L));
    if (items.size() <= limit) {
      return new Page<>(items, null);
    }
    List<ChangeSummary> page = items.subList(0, limit);
    Change last = page.get(limit - 1).change();
    return new Page<>(page, new Position(Join.micros(last.mergedAt()), last.key()).text());
  }

  @Override
  public void survived(Collection<Survival> survivals) throws StoreUnavailableException {
    List<Survival> given = List.copyOf(survivals);
    writer.change(
        tx -> {
          SurvivalTable.keep(tx, given);
          return given.size();
        });
  }

  @Override
  public List<Survival> survivals(String repository) {
    List<Survival> found = new ArrayList<>();
    database.read(
        "SELECT s.* FROM survival s JOIN changes c ON c.key = s.change_key WHERE c.repository = ?",
        row -> found.add(SurvivalTable.survival(row)),
        repository);
    return found;
  }

  @Override
  public Optional<ChangeSummary> summary(String key) {
    List<ChangeSummary> found = new ArrayList<>();
    Where where = Where.ofChange(key);
    database.read(
        "SELECT * FROM changes" + where.sql(),
        row -> found.add(ChangeTable.summary(row)),
        where.parameters());
    return found.stream().findFirst();
  }

  /** Where a page ended. */
  private record Position(long mergedMicros, String key) {
    String text() {
      String plain = mergedMicros + " " + key;
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    static Position parse(String text) {
      try {
        String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        int space = plain.indexOf(' ');
        return new Position(
            Long.parseLong(plain.substring(0, Math.max(0, space))), plain.substring(space + 1));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "after: not a position that this store gave: " + text, e);
      }
    }
  }
}
