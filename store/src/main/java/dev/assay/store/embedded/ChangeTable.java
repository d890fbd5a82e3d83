package dev.assay.store.embedded;

import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.Verdict;
import dev.assay.store.join.Join;
import dev.assay.store.report.ChangeSummary;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The tables {@code changes} (with the sums of its verdicts) and {@code verdicts}. */
final class ChangeTable {
  private final Days days;
  private final FactRetention retention;

  ChangeTable(Days days, FactRetention retention) {
    this.days = days;
    this.retention = retention;
  }

  private boolean keeps(Change change) {
    return retention.keeps(Join.micros(change.mergedAt()));
  }

  /**
   * Keeps changes; those whose diff is another now lose their verdicts. What is older than facts
   * are kept is left out: a repository's history tells of it for ever.
   */
  void found(Transaction tx, List<Change> given) throws SQLException {
    Map<String, Change> newest = new LinkedHashMap<>();
    given.stream().filter(this::keeps).forEach(change -> newest.put(change.key(), change));
    tx.keys(newest.keySet());
    Map<String, Change> known = new HashMap<>();
    tx.query(
        "SELECT c.* FROM changes c SEMI JOIN keys k ON c.key = k.key",
        row -> {
          Change change = change(row);
          known.put(change.key(), change);
        });
    Map<String, Change> added = new LinkedHashMap<>();
    Set<String> otherDiff = new HashSet<>();
    newest.forEach(
        (key, change) -> {
          Change before = known.get(key);
          if (before == null) {
            added.put(key, change);
          } else if (!sameDiff(before, change)) {
            otherDiff.add(key);
            added.put(key, change);
          }
        });
    for (Map.Entry<String, Change> entry : newest.entrySet()) {
      Change before = known.get(entry.getKey());
      if (before != null
          && !otherDiff.contains(entry.getKey())
          && !same(before, entry.getValue())) {
        redescribe(tx, before, entry.getValue());
      }
    }
    delete(tx, otherDiff);
    insert(tx, added.values().stream().toList());
    // A commit that turns out to be a pull request's is no change of its own.
    tx.keys(
        newest.values().stream()
            .map(change -> change.repository() + '@' + change.mergeCommit())
            .toList());
    String twins =
        """
        SELECT c.key FROM changes c SEMI JOIN keys k ON c.key = k.key
        WHERE c.number IS NULL AND EXISTS (
          SELECT 1 FROM changes p WHERE p.number IS NOT NULL
            AND p.repository = c.repository AND p.merge_commit = c.merge_commit)
        """;
    Set<String> gone = new HashSet<>();
    tx.query(twins, row -> gone.add(row.text()));
    delete(tx, gone);
  }

  private void redescribe(Transaction tx, Change before, Change change) throws SQLException {
    int day = days.of(Join.micros(change.mergedAt()));
    tx.execute(
        """
        UPDATE changes SET title = ?, author = ?, author_email = ?, merged_micros = ?, url = ?, day = ?
        WHERE key = ?
        """,
        change.title(),
        change.author(),
        change.authorEmail(),
        Join.micros(change.mergedAt()),
        change.url(),
        day,
        change.key());
    if (day != days.of(Join.micros(before.mergedAt()))) {
      tx.execute("UPDATE survival SET day = ? WHERE change_key = ?", day, change.key());
    }
  }

  private static void delete(Transaction tx, Set<String> keys) throws SQLException {
    if (!keys.isEmpty()) {
      tx.keys(keys);
      List<Long> decided = new ArrayList<>();
      tx.query(
          "SELECT decided_micros FROM changes WHERE key IN (SELECT key FROM keys)",
          row -> decided.add(row.numberOrNull()));
      if (decided.isEmpty()) {
        return;
      }
      tx.execute("DELETE FROM changes WHERE key IN (SELECT key FROM keys)");
      decided.removeIf(Objects::isNull);
      if (!decided.isEmpty()) {
        tx.execute(
            "DELETE FROM verdicts WHERE decided_micros BETWEEN ? AND ?"
                + " AND change_key IN (SELECT key FROM keys)",
            Collections.min(decided),
            Collections.max(decided));
        tx.execute("DELETE FROM survival WHERE change_key IN (SELECT key FROM keys)");
      }
    }
  }

  private void insert(Transaction tx, List<Change> added) throws SQLException {
    tx.append(
        "changes",
        row -> {
          for (Change change : added) {
            row.begin();
            write(row, change);
            row.text(null)
                .text(null)
                .integer((Integer) null)
                .number((Long) null)
                .number((Long) null)
                .flag((Boolean) null)
                .number((Long) null)
                .number((Long) null)
                .number((Long) null)
                .end();
          }
        });
  }

  /**
   * Replaces what was decided of changes, and the changes as they were when it was decided; one
   * that is too old by now does not come back.
   */
  void decided(Transaction tx, List<Attribution> attributions) throws SQLException {
    Map<String, Attribution> byKey = new LinkedHashMap<>();
    attributions.stream()
        .filter(attribution -> keeps(attribution.change()))
        .forEach(attribution -> byKey.put(attribution.change().key(), attribution));
    delete(tx, byKey.keySet());
    tx.append(
        "changes",
        row -> {
          for (Attribution attribution : byKey.values()) {
            write(row, attribution);
          }
        });
    tx.append(
        "verdicts",
        row -> {
          for (Attribution attribution : byKey.values()) {
            writeVerdicts(row, attribution);
          }
        });
  }

  private void write(RowOut row, Attribution attribution) throws SQLException {
    List<Verdict> verdicts = attribution.verdicts();
    boolean undecided = attribution.state() == Attribution.State.UNDECIDED;
    long lines = verdicts.stream().filter(Verdict::effective).count();
    long with = verdicts.stream().filter(v -> v.effective() && v.assisted()).count();
    long sessions =
        verdicts.stream()
            .filter(v -> v.assisted() && v.sessionId() != null)
            .map(Verdict::sessionId)
            .distinct()
            .count();
    row.begin();
    write(row, attribution.change());
    row.text(attribution.state().name())
        .text(attribution.undecidedReason())
        .integer(attribution.rulesVersion())
        .number(attribution.editsVersion())
        .number(Join.micros(attribution.decidedAt()))
        .flag(attribution.tagged())
        .number(undecided ? null : (Long) lines)
        .number(undecided ? null : (Long) with)
        .number(undecided ? null : (Long) sessions)
        .end();
  }

  private static void writeVerdicts(RowOut row, Attribution attribution) throws SQLException {
    int position = 0;
    for (Verdict verdict : attribution.verdicts()) {
      row.begin()
          .text(attribution.change().key())
          .integer(position++)
          .text(verdict.path())
          .integer(verdict.line())
          .flag(verdict.effective())
          .flag(verdict.assisted())
          .text(verdict.strategy())
          .text(verdict.sessionId())
          .text(verdict.toolUseId())
          .real(verdict.difference())
          .text(verdict.reason())
          .number(Join.micros(attribution.decidedAt()))
          .end();
    }
  }

  private void write(RowOut row, Change change) throws SQLException {
    long merged = Join.micros(change.mergedAt());
    row.text(change.key())
        .text(change.repository())
        .integer(change.number())
        .text(change.title())
        .text(change.author())
        .text(change.authorEmail())
        .number(merged)
        .text(change.mergeCommit())
        .text(change.base())
        .text(change.head())
        .text(change.url())
        .integer(days.of(merged));
  }

  /** Reads the columns of a change; those of its attribution come next. */
  static Change change(RowIn row) throws SQLException {
    row.skip();
    String repository = row.text();
    Integer number = row.integerOrNull();
    String title = row.text();
    String author = row.textOrNull();
    String email = row.textOrNull();
    long merged = row.number();
    Change change =
        new Change(
            repository,
            number,
            title,
            author,
            email,
            Join.instant(merged),
            row.text(),
            row.textOrNull(),
            row.textOrNull(),
            row.textOrNull());
    row.skip();
    return change;
  }

  static ChangeSummary summary(RowIn row) throws SQLException {
    Change change = change(row);
    String state = row.textOrNull();
    String reason = row.textOrNull();
    int rules = row.integer();
    long edits = row.number();
    Long decided = row.numberOrNull();
    boolean tagged = row.flag();
    return new ChangeSummary(
        change,
        state == null ? null : Attribution.State.valueOf(state),
        reason,
        rules,
        edits,
        decided == null ? null : Join.instant(decided),
        tagged,
        row.number(),
        row.number(),
        row.number());
  }

  /** Without its verdicts. */
  static Attribution attribution(RowIn row) throws SQLException {
    return new Attribution(
        change(row),
        Attribution.State.valueOf(row.text()),
        row.textOrNull(),
        row.integer(),
        row.number(),
        Join.instant(row.number()),
        row.flag(),
        List.of());
  }

  static Verdict verdict(RowIn row) throws SQLException {
    return new Verdict(
        row.text(),
        row.integer(),
        row.flag(),
        row.flag(),
        row.textOrNull(),
        row.textOrNull(),
        row.textOrNull(),
        row.real(),
        row.textOrNull());
  }

  private static boolean sameDiff(Change a, Change b) {
    return a.mergeCommit().equals(b.mergeCommit())
        && Objects.equals(a.base(), b.base())
        && Objects.equals(a.head(), b.head());
  }

  private static boolean same(Change a, Change b) {
    return a.title().equals(b.title())
        && Objects.equals(a.author(), b.author())
        && Objects.equals(a.authorEmail(), b.authorEmail())
        && Join.micros(a.mergedAt()) == Join.micros(b.mergedAt())
        && Objects.equals(a.url(), b.url());
  }
}
