package dev.assay.store.embedded;

import dev.assay.store.fact.Observation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A kind of fact with one row for each key, in a table whose first column is the key. There is no
 * unique index: the writer is alone, knows which keys may be stored and holds the facts that were
 * touched last; only what is neither new nor recent is read before it is written.
 */
abstract class FactTable<O extends Observation, F> implements FactKind {
  private final Class<O> observations;
  private final String table;
  private final String keyColumn;

  private final StoredKeys keys;
  private final RecentFacts<F> recent;

  /**
   * @param recent how many facts are kept in memory, those touched last
   * @param room of the keys
   */
  FactTable(Class<O> observations, String table, String keyColumn, int recent, KeyRoom room) {
    this.keys = new StoredKeys(table, room);
    this.observations = observations;
    this.table = table;
    this.keyColumn = keyColumn;
    this.recent = new RecentFacts<>(recent);
  }

  abstract F of(O observation);

  abstract F join(F a, F b);

  abstract String key(F fact);

  /** The key of what an observation speaks of. */
  String keyOf(O observation) {
    return key(of(observation));
  }

  /** Whether the fact is small enough to be kept in memory. */
  boolean holds(F fact) {
    return true;
  }

  abstract F read(RowIn row) throws SQLException;

  abstract void write(RowOut row, F fact) throws SQLException;

  /** The facts with the keys that {@link Transaction#keys} was given. */
  List<F> readAll(Transaction tx) throws SQLException {
    List<F> facts = new ArrayList<>();
    tx.query(
        "SELECT t.* FROM " + table + " t SEMI JOIN keys k ON t." + keyColumn + " = k.key",
        row -> facts.add(read(row)));
    return facts;
  }

  /** Deletes the facts with the keys that {@link Transaction#keys} was given. */
  void deleteAll(Transaction tx) throws SQLException {
    tx.execute("DELETE FROM " + table + " WHERE " + keyColumn + " IN (SELECT key FROM keys)");
  }

  /** Adds rows. */
  void insertAll(Transaction tx, Collection<F> facts) throws SQLException {
    tx.append(
        table,
        row -> {
          for (F fact : facts) {
            row.begin();
            write(row, fact);
            row.end();
          }
        });
  }

  /** Called before a changed fact is written, with what was stored before. */
  void replaced(Transaction tx, @Nullable F before, F after) throws SQLException {}

  /**
   * Tells which sums a fact has a part in: called of what is written, and of what was there before.
   */
  void touch(Transaction tx, F fact) {}

  @Override
  public final Class<O> observations() {
    return observations;
  }

  @Override
  public final Working load(Transaction tx, Collection<Observation> given) throws SQLException {
    Set<String> unsure = new HashSet<>();
    Map<String, F> stored = new HashMap<>();
    LongStream.Builder hashes = LongStream.builder();
    for (Observation observation : given) {
      String key = keyOf(observations.cast(observation));
      long hash = keys.hash(key);
      hashes.add(hash);
      if (!keys.mayHold(hash)) {
        continue; // new, as nearly all are
      }
      F fact = recent.get(key);
      if (fact != null) {
        stored.put(key, fact);
      } else {
        unsure.add(key);
      }
    }
    if (!unsure.isEmpty()) {
      tx.keys(unsure);
      for (F fact : readAll(tx)) {
        stored.put(key(fact), fact);
      }
    }
    tx.afterCommit(() -> keys.addAll(hashes.build()));
    return new Rows(stored);
  }

  @Override
  public final StoredKeys keys() {
    return keys;
  }

  @Override
  public final String storedKeys() {
    return "SELECT " + String.format(StoredKeys.SQL_HASH, keyColumn) + " FROM " + table;
  }

  @Override
  public final void forgetRecent() {
    recent.clear();
  }

  private final class Rows implements Working {
    private final Map<String, F> stored;

    /** In the order in which they came: so what one session says is written side by side. */
    private final Map<String, F> changed = new LinkedHashMap<>();

    Rows(Map<String, F> stored) {
      this.stored = stored;
    }

    @Override
    public void add(Observation observation) {
      F said = of(observations.cast(observation));
      String key = key(said);
      F before = changed.get(key);
      F known = before == null ? stored.get(key) : before;
      F joined = known == null ? said : join(known, said);
      if (!joined.equals(known)) {
        changed.put(key, joined);
      }
    }

    @Override
    public int write(Transaction tx) throws SQLException {
      for (Map.Entry<String, F> entry : changed.entrySet()) {
        F before = stored.get(entry.getKey());
        if (before != null) {
          touch(tx, before);
        }
        touch(tx, entry.getValue());
        replaced(tx, before, entry.getValue());
      }
      List<String> old = stored.keySet().stream().filter(changed::containsKey).toList();
      if (!old.isEmpty()) {
        tx.keys(old);
        deleteAll(tx);
      }
      if (!changed.isEmpty()) {
        insertAll(tx, changed.values());
      }
      tx.afterCommit(this::remember);
      return changed.size();
    }

    private void hold(String key, F fact) {
      if (holds(fact)) {
        recent.put(key, fact);
      } else {
        recent.remove(key);
      }
    }

    private void remember() {
      stored.forEach(this::hold);
      changed.forEach(this::hold);
    }
  }
}
