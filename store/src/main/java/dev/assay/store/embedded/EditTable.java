package dev.assay.store.embedded;

import com.google.protobuf.ByteString;
import dev.assay.store.fact.EditObservation;
import dev.assay.store.join.Claim;
import dev.assay.store.join.EditContent;
import dev.assay.store.join.EditContent.Account;
import dev.assay.store.join.EditJoin;
import dev.assay.store.join.Ranked;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Edits, and in a table of their own what each source said of their lines. */
final class EditTable extends FactTable<EditObservation, EditJoin> {
  /** Edits that are kept in memory, with their lines. */
  private static final int RECENT = 4_000;

  /** An edit with more lines than this is read again when it is spoken of again. */
  private static final long LIMIT_HELD_BYTES = 16 << 10;

  /** Columns that are made from others, between these and {@code expired}. */
  private static final int MADE_COLUMNS = 8;

  private final Days days;

  EditTable(Days days, KeyRoom room) {
    super(EditObservation.class, "edits", "tool_use_id", RECENT, room);
    this.days = days;
  }

  @Override
  EditJoin of(EditObservation observation) {
    return EditJoin.of(observation);
  }

  @Override
  EditJoin join(EditJoin a, EditJoin b) {
    return a.join(b);
  }

  @Override
  String key(EditJoin fact) {
    return fact.toolUseId();
  }

  @Override
  List<EditJoin> readAll(Transaction tx) throws SQLException {
    Map<String, Accounts> accounts = new HashMap<>();
    tx.query(
        """
        SELECT * EXCLUDE (version) FROM edit_lines WHERE rowid IN (
          SELECT l.rowid FROM edit_lines l SEMI JOIN keys k ON l.tool_use_id = k.key)
        """,
        row -> accounts.computeIfAbsent(row.text(), id -> new Accounts()).add(row));
    List<EditJoin> facts = new ArrayList<>();
    tx.query(
        "SELECT t.* FROM edits t SEMI JOIN keys k ON t.tool_use_id = k.key",
        row -> {
          EditJoin fact = read(row);
          facts.add(fact.with(Objects.requireNonNull(accounts.get(fact.toolUseId())).content()));
        });
    return facts;
  }

  /** The fact without its content. */
  @Override
  boolean holds(EditJoin fact) {
    return bytes(fact) <= LIMIT_HELD_BYTES;
  }

  /** Of the lines. */
  static long bytes(EditJoin fact) {
    long bytes = 0;
    for (SortedMap<Integer, ByteString> parts : fact.content().parts().values()) {
      for (ByteString part : parts.values()) {
        bytes += part.size();
      }
    }
    return bytes;
  }

  @Override
  String keyOf(EditObservation observation) {
    return observation.toolUseId();
  }

  @Override
  EditJoin read(RowIn row) throws SQLException {
    String toolUseId = row.text();
    Claim claim = row.claim();
    Ranked<Long> time = row.rankedNumber();
    Ranked<String> tool = Objects.requireNonNull(row.rankedText());
    List<String> repositories = row.texts();
    Ranked<String> branch = row.rankedText();
    Ranked<String> path = row.rankedText();
    for (int made = 0; made < MADE_COLUMNS; made++) {
      row.skip();
    }
    EditContent none = new EditContent(new TreeMap<>());
    return new EditJoin(toolUseId, claim, time, tool, repositories, branch, path, none, row.flag());
  }

  @Override
  void deleteAll(Transaction tx) throws SQLException {
    super.deleteAll(tx);
    tx.execute("DELETE FROM edit_lines WHERE tool_use_id IN (SELECT key FROM keys)");
  }

  static @Nullable String path(EditJoin fact) {
    Ranked<String> path = fact.path();
    return path == null ? null : path.value();
  }

  @Override
  void insertAll(Transaction tx, Collection<EditJoin> facts) throws SQLException {
    facts.forEach(fact -> tx.edited(fact.repositories(), path(fact), fact.time().value()));
    tx.written(facts);
    tx.append(
        "edits",
        row -> {
          for (EditJoin fact : facts) {
            row.begin();
            write(row, fact);
            row.number(tx.version()).end();
          }
        });
    tx.append(
        "edit_lines",
        row -> {
          for (EditJoin fact : facts) {
            writeContent(row, fact, tx.version());
          }
        });
  }

  /** All columns but the last, the version. */
  @Override
  void touch(Transaction tx, EditJoin fact) {
    tx.touch(fact.claim().sessionId(), days.of(fact.time().value()));
  }

  @Override
  void write(RowOut row, EditJoin fact) throws SQLException {
    Account counted = fact.content().counted();
    row.text(fact.toolUseId())
        .claim(fact.claim())
        .rankedNumber(fact.time())
        .rankedText(fact.tool())
        .texts(fact.repositories())
        .rankedText(fact.branch())
        .rankedText(fact.path())
        .integer(days.of(fact.time().value()))
        .number(LineKey.ofEdit(fact.toolUseId()))
        .integer(counted.linesAdded())
        .integer(counted.linesRemoved())
        .flag(counted.userModified())
        .flag(counted.partial())
        .text(counted.withheld())
        .flag(fact.content().complete() != null)
        .flag(fact.expired());
  }

  private static void writeContent(RowOut row, EditJoin fact, long version) throws SQLException {
    for (Map.Entry<Account, SortedMap<Integer, ByteString>> entry :
        fact.content().parts().entrySet()) {
      if (entry.getValue().isEmpty()) {
        writeAccount(row, fact.toolUseId(), entry.getKey());
        row.integer((Integer) null).bytes(null).number(version).end();
      }
      for (Map.Entry<Integer, ByteString> part : entry.getValue().entrySet()) {
        writeAccount(row, fact.toolUseId(), entry.getKey());
        row.integer(part.getKey()).bytes(part.getValue().toByteArray()).number(version).end();
      }
    }
  }

  private static void writeAccount(RowOut row, String toolUseId, Account account)
      throws SQLException {
    row.begin()
        .text(toolUseId)
        .integer(account.place())
        .flag(account.partial())
        .integer(account.linesAdded())
        .integer(account.linesRemoved())
        .flag(account.userModified())
        .text(account.withheld())
        .integer(account.parts());
  }

  @Override
  void replaced(Transaction tx, @Nullable EditJoin before, EditJoin after) throws SQLException {
    if (before != null
        && !(before.time().value().equals(after.time().value())
            && before.repositories().equals(after.repositories()))) {
      tx.edited(before.repositories(), path(before), before.time().value());
      tx.moved(LineWindow.number(before.time().value()));
      tx.append(
          "edits_moved",
          row ->
              row.begin()
                  .texts(before.repositories())
                  .number(before.time().value())
                  .number(tx.version())
                  .end());
    }
  }

  /**
   * Reads the rows of {@code edit_lines} of one edit, each after its {@code tool_use_id}, without
   * their version.
   */
  static final class Accounts {
    private final TreeMap<Account, SortedMap<Integer, ByteString>> parts = new TreeMap<>();

    void add(RowIn row) throws SQLException {
      Account account =
          new Account(
              row.integer(),
              row.flag(),
              row.integer(),
              row.integer(),
              row.flag(),
              row.textOrNull(),
              row.integer());
      SortedMap<Integer, ByteString> of = parts.computeIfAbsent(account, added -> new TreeMap<>());
      Integer part = row.integerOrNull();
      byte[] lines = row.bytes();
      if (part != null && lines != null) {
        of.put(part, ByteString.copyFrom(lines));
      }
    }

    EditContent content() {
      return new EditContent(parts);
    }
  }
}
