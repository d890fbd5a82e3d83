package dev.assay.store.join;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Responses by each of their ids. A record that carries two ids unites what was known under either,
 * so that uniting is transitive. Not safe for use by several threads.
 */
public final class Responses {
  private final Map<String, UsageJoin> byId = new HashMap<>();

  /** Takes what is already known; responses given must not share ids. */
  public void know(UsageJoin known) {
    for (String id : known.ids()) {
      byId.put(id, known);
    }
  }

  /** Joins with all that shares an id, and tells whether that changed anything. */
  public boolean add(UsageJoin added) {
    UsageJoin joined = added;
    boolean changed = false;
    for (String id : added.ids()) {
      UsageJoin known = byId.get(id);
      if (known == null) {
        changed = true;
      } else {
        joined = joined.join(known);
        changed |= !known.equals(joined);
      }
    }
    if (changed) {
      know(joined);
    }
    return changed;
  }

  /** The response that goes by this id; null where there is none. */
  public @org.jspecify.annotations.Nullable UsageJoin get(String id) {
    return byId.get(id);
  }

  /** All of them, each once; a set by identity, for a response is replaced where it changes. */
  public Set<UsageJoin> all() {
    Set<UsageJoin> all = Collections.newSetFromMap(new IdentityHashMap<>());
    all.addAll(byId.values());
    return all;
  }
}
