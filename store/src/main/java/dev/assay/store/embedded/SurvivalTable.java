package dev.assay.store.embedded;

import dev.assay.store.fact.Survival;
import dev.assay.store.fact.Survival.Count;
import dev.assay.store.join.Join;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table {@code survival}. */
final class SurvivalTable {
  private SurvivalTable() {}

  static void keep(Transaction tx, List<Survival> given) throws SQLException {
    Map<String, Survival> newest = new LinkedHashMap<>();
    given.forEach(each -> newest.put(each.changeKey() + ' ' + each.days(), each));
    tx.keys(newest.keySet());
    tx.execute("DELETE FROM survival WHERE change_key || ' ' || days IN (SELECT key FROM keys)");
    Set<String> there = new HashSet<>();
    tx.keys(given.stream().map(Survival::changeKey).distinct().toList());
    tx.query(
        "SELECT c.key FROM changes c SEMI JOIN keys k ON c.key = k.key",
        row -> there.add(row.text()));
    tx.append(
        "survival",
        row -> {
          for (Survival each : newest.values()) {
            if (there.contains(each.changeKey())) {
              row.begin()
                  .text(each.changeKey())
                  .integer(each.days())
                  .text(each.atCommit())
                  .number(Join.micros(each.decidedAt()))
                  .number(each.claude().lines())
                  .number(each.claude().standing())
                  .number(each.other().lines())
                  .number(each.other().standing())
                  .text(each.unknown())
                  .end();
            }
          }
        });
  }

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
