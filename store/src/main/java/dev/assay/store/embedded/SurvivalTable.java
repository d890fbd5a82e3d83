package dev.assay.store.embedded;

import dev.assay.store.fact.Survival;
import dev.assay.store.fact.Survival.Count;
import dev.assay.store.join.Join;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table {@code survival}. */
final class SurvivalTable {
  private SurvivalTable() {}

  static void keep(Transaction tx, List<Survival> given) throws SQLException {
    Map<String, Survival> newest = new LinkedHashMap<>();
    given.forEach(each -> newest.put(each.changeKey() + ' ' + each.days(), each));
    tx.keys(newest.keySet());
    tx.execute("DELETE FROM survival WHERE change_key || ' ' || days IN (SELECT key FROM keys)");
    Map<String, Standing> standing = new HashMap<>();
    tx.keys(given.stream().map(Survival::changeKey).distinct().toList());
    tx.query(
        """
        SELECT c.key, c.decided_micros, c.number, c.day FROM changes c SEMI JOIN keys k ON c.key = k.key
        WHERE c.state <> 'UNDECIDED'
        """,
        row ->
            standing.put(
                row.text(), new Standing(row.number(), row.integerOrNull(), row.integer())));
    tx.append(
        "survival",
        row -> {
          for (Survival each : newest.values()) {
            Standing change = standing.get(each.changeKey());
            if (change != null && change.decidedMicros == Join.micros(each.decidedAt())) {
              row.begin()
                  .text(each.changeKey())
                  .integer(each.days())
                  .text(each.atCommit())
                  .number(change.decidedMicros)
                  .number(each.claude().lines())
                  .number(each.claude().standing())
                  .number(each.other().lines())
                  .number(each.other().standing())
                  .text(each.unknown())
                  .integer(change.number)
                  .integer(change.day)
                  .end();
            }
          }
        });
  }

  /** A change as it stands, with the attribution that holds now. */
  private record Standing(long decidedMicros, @Nullable Integer number, int day) {}

  static Survival survival(RowIn row) throws SQLException {
    return new Survival(
        row.text(),
        row.integer(),
        row.textOrNull(),
        Join.instant(row.number()),
        new Count(row.number(), row.number()),
        new Count(row.number(), row.number()),
        row.textOrNull());
  }
}
