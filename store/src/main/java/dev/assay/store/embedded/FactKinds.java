package dev.assay.store.embedded;

import dev.assay.store.fact.Observation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Joins the observations of a group of commits with what is stored, kind by kind. */
final class FactKinds {
  private final List<FactKind> kinds;
  private final KeyRoom room;
  private final AtomicInteger doubts = new AtomicInteger();

  FactKinds(Days days) {
    this(days, new KeyRoom());
  }

  FactKinds(Days days, KeyRoom room) {
    this.room = room;
    kinds =
        List.of(
            new SessionTable(room),
            new DecisionTable(days, room),
            new EditTable(days, room),
            new UsageTable(days, room),
            new GitTable(days, room),
            new SampleTable(days, room),
            new ExporterTable(room));
  }

  /**
   * One reading and one writing for each kind, however many commits there are.
   *
   * @return how many facts are new or different
   */
  int join(Transaction tx, List<Observation> all) throws SQLException {
    Map<Class<?>, List<Observation>> given = new HashMap<>();
    for (Observation observation : all) {
      given.computeIfAbsent(observation.getClass(), kind -> new ArrayList<>()).add(observation);
    }
    int changed = 0;
    for (FactKind kind : kinds) {
      List<Observation> observations = given.get(kind.observations());
      if (observations != null) {
        FactKind.Working facts = kind.load(tx, observations);
        observations.forEach(facts::add);
        changed += facts.write(tx);
      }
    }
    return changed;
  }

  /**
   * Learns which keys are stored, so that new ones need not be looked for; until then all are. May
   * be called from any thread, while the writer writes.
   */
  void learn(Database database) {
    int asked = doubts.get();
    for (FactKind kind : kinds) {
      StoredKeys keys = kind.keys();
      if (!keys.whole() && !keys.abandoned()) {
        database.read(kind.storedKeys(), row -> keys.add(row.number()));
      }
    }
    // What was committed meanwhile the writer has added; a commit that may have failed has not.
    synchronized (doubts) {
      if (doubts.get() == asked) {
        kinds.forEach(kind -> kind.keys().whole(true));
      }
    }
  }

  /** Whether it knows all keys that are stored, but for kinds that have no room for theirs. */
  boolean learnt() {
    return kinds.stream().map(FactKind::keys).allMatch(keys -> keys.whole() || keys.abandoned());
  }

  /** 0 to 1: what the keys take of the memory that they may; 1 where some have no room. */
  double keysFill() {
    return room.fill();
  }

  /** How many keys it knows. */
  long keys() {
    return kinds.stream().mapToLong(kind -> kind.keys().size()).sum();
  }

  /** A commit failed, and may be stored all the same. Called by the writer's thread. */
  void doubt() {
    synchronized (doubts) {
      doubts.incrementAndGet();
      kinds.forEach(kind -> kind.keys().whole(false));
    }
    forgetRecent();
  }

  /** Facts were changed by other means than the join. Called by the writer's thread. */
  void forgetRecent() {
    kinds.forEach(FactKind::forgetRecent);
  }
}
