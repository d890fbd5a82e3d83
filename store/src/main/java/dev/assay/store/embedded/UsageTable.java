package dev.assay.store.embedded;

import dev.assay.store.fact.Observation;
import dev.assay.store.fact.UsageObservation;
import dev.assay.store.join.Claim;
import dev.assay.store.join.Ranked;
import dev.assay.store.join.Responses;
import dev.assay.store.join.UsageJoin;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Responses of the model's API. A response has several ids, and a new record may unite two that
 * were apart: of one with several, the table {@code usage_ids} tells that each leads to its row.
 */
final class UsageTable implements FactKind {
  /** Responses by one of their ids, that are kept in memory: about 1 KiB each. */
  private static final int RECENT = 10_000;

  private final Days days;
  private final StoredKeys keys;
  private final RecentFacts<UsageJoin> recent = new RecentFacts<>(RECENT);

  UsageTable(Days days, KeyRoom room) {
    this.days = days;
    this.keys = new StoredKeys("usage", room);
  }

  @Override
  public Class<? extends Observation> observations() {
    return UsageObservation.class;
  }

  @Override
  public Working load(Transaction tx, Collection<Observation> given) throws SQLException {
    Responses responses = new Responses();
    Set<UsageJoin> stored = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<String> unsure = new HashSet<>();
    LongStream.Builder hashes = LongStream.builder();
    for (Observation observation : given) {
      for (String id : UsageJoin.ids((UsageObservation) observation)) {
        long hash = keys.hash(id);
        hashes.add(hash);
        if (!keys.mayHold(hash)) {
          continue; // new, as nearly all are
        }
        UsageJoin fact = recent.get(id);
        if (fact != null) {
          stored.add(fact);
          responses.know(fact);
        } else {
          unsure.add(id);
        }
      }
    }
    if (!unsure.isEmpty()) {
      tx.keys(unsure);
      tx.query(
          """
          SELECT * FROM usage WHERE usage_id IN (
            SELECT key FROM keys
            UNION ALL SELECT i.usage_id FROM usage_ids i SEMI JOIN keys k ON i.id = k.key)
          """,
          row -> {
            UsageJoin fact = read(row);
            if (responses.get(fact.id()) == null) { // else another of its ids was recent
              stored.add(fact);
              responses.know(fact);
            }
          });
    }
    tx.afterCommit(() -> keys.addAll(hashes.build()));
    return new Rows(responses, stored);
  }

  private static UsageJoin read(RowIn row) throws SQLException {
    String id = row.text();
    List<String> several = row.texts();
    List<String> ids = several.isEmpty() ? List.of(id) : several;
    Claim claim = row.claim();
    Ranked<Long> time = row.rankedNumber();
    UsageJoin.Measured measured =
        new UsageJoin.Measured(
            row.integer(),
            row.number(),
            row.number(),
            row.number(),
            row.number(),
            row.text(),
            row.moneyOrNull());
    Ranked<BigDecimal> stated = row.rankedMoney();
    return new UsageJoin(
        ids,
        claim,
        time,
        measured,
        stated,
        row.rankedText(),
        row.rankedText(),
        Objects.requireNonNull(row.rankedFlag()));
  }

  private void write(RowOut row, UsageJoin fact) throws SQLException {
    UsageJoin.Measured measured = fact.measured();
    row.begin()
        .text(fact.id())
        .texts(hasSeveralIds(fact) ? fact.ids() : null)
        .claim(fact.claim())
        .rankedNumber(fact.time())
        .integer(measured.place())
        .number(measured.input())
        .number(measured.output())
        .number(measured.cacheRead())
        .number(measured.cacheCreation())
        .text(measured.model())
        .money(measured.estimatedCostUsd())
        .rankedMoney(fact.costUsd())
        .rankedText(fact.speed())
        .rankedText(fact.querySource())
        .rankedFlag(fact.main())
        .integer(days.of(fact.time().value()))
        .money(fact.cost());
    row.end();
  }

  private static boolean hasSeveralIds(UsageJoin fact) {
    return fact.ids().size() > 1;
  }

  @Override
  public StoredKeys keys() {
    return keys;
  }

  @Override
  public String storedKeys() {
    return "SELECT "
        + String.format(StoredKeys.SQL_HASH, "id")
        + " FROM (SELECT usage_id AS id FROM usage UNION ALL SELECT id FROM usage_ids)";
  }

  @Override
  public void forgetRecent() {
    recent.clear();
  }

  private void remember(UsageJoin fact) {
    for (String id : fact.ids()) {
      recent.put(id, fact);
    }
  }

  private void touch(Transaction tx, UsageJoin fact) {
    tx.touch(fact.claim().sessionId(), days.of(fact.time().value()));
  }

  private final class Rows implements Working {
    private final Responses responses;
    private final Set<UsageJoin> stored;

    Rows(Responses responses, Set<UsageJoin> stored) {
      this.responses = responses;
      this.stored = stored;
    }

    @Override
    public void add(Observation observation) {
      responses.add(UsageJoin.of((UsageObservation) observation));
    }

    @Override
    public int write(Transaction tx) throws SQLException {
      List<UsageJoin> all = responses.all();
      tx.afterCommit(() -> all.forEach(UsageTable.this::remember));
      List<UsageJoin> fresh = all.stream().filter(fact -> !stored.contains(fact)).toList();
      List<UsageJoin> gone = stored.stream().filter(fact -> !responses.has(fact)).toList();
      gone.forEach(fact -> touch(tx, fact));
      fresh.forEach(fact -> touch(tx, fact));
      if (!gone.isEmpty()) {
        tx.keys(gone.stream().map(UsageJoin::id).toList());
        tx.execute("DELETE FROM usage WHERE usage_id IN (SELECT key FROM keys)");
        tx.execute("DELETE FROM usage_ids WHERE usage_id IN (SELECT key FROM keys)");
      }
      if (fresh.isEmpty()) {
        return 0;
      }
      tx.append(
          "usage",
          row -> {
            for (UsageJoin fact : fresh) {
              UsageTable.this.write(row, fact);
            }
          });
      List<UsageJoin> several = fresh.stream().filter(UsageTable::hasSeveralIds).toList();
      if (!several.isEmpty()) {
        tx.append(
            "usage_ids",
            row -> {
              for (UsageJoin fact : several) {
                for (String id : fact.ids()) {
                  row.begin().text(id).text(fact.id()).end();
                }
              }
            });
      }
      return fresh.size();
    }
  }
}
