package dev.assay.store.embedded;

import dev.assay.store.fact.Observation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Joins the observations of a group of commits with what is stored, kind by kind. */
final class FactKinds {
  private final List<FactKind> kinds;

  FactKinds(Days days) {
    kinds =
        List.of(
            new SessionTable(),
            new DecisionTable(days),
            new EditTable(days),
            new UsageTable(days),
            new GitTable(days),
            new SampleTable(days),
            new ExporterTable());
  }

  /** One reading and one writing for each kind, however many commits there are. */
  void join(Transaction tx, List<Writer.Waiting<?>> group) throws SQLException {
    Map<Class<?>, List<Observation>> given = new HashMap<>();
    for (Writer.Waiting<?> request : group) {
      for (Observation observation : request.observations) {
        given.computeIfAbsent(observation.getClass(), kind -> new ArrayList<>()).add(observation);
      }
    }
    Map<Class<?>, FactKind.Working> working = new HashMap<>();
    for (FactKind kind : kinds) {
      List<Observation> observations = given.get(kind.observations());
      if (observations != null) {
        working.put(kind.observations(), kind.load(tx, observations));
      }
    }
    for (Writer.Waiting<?> request : group) {
      request.changed[0] = add(request.observations, working);
    }
    for (FactKind.Working touched : working.values()) {
      touched.write(tx);
    }
  }

  private static int add(List<Observation> observations, Map<Class<?>, FactKind.Working> working) {
    Set<String> changed = new HashSet<>();
    for (Observation observation : observations) {
      FactKind.Working facts = Objects.requireNonNull(working.get(observation.getClass()));
      String key = facts.add(observation);
      if (key != null) {
        changed.add(observation.getClass().getSimpleName() + ' ' + key);
      }
    }
    return changed.size();
  }
}
