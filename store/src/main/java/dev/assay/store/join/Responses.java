package dev.assay.store.join;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Responses by each of their ids. A record that carries two ids unites what was known under either,
 * so that uniting is transitive. Not safe for use by several threads.
 */
public final class Responses {
  /** In the order in which they came, which is that of their sessions. */
  private final Map<String, UsageJoin> byId = new LinkedHashMap<>();

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

  /** Whether this is what is known of a response, and has not been replaced. */
  public boolean has(UsageJoin response) {
    return response.equals(byId.get(response.id()));
  }

  /** All of them, each once. */
  public List<UsageJoin> all() {
    List<UsageJoin> all = new ArrayList<>(byId.size());
    byId.forEach(
        (id, response) -> {
          if (id.equals(response.id())) { // it goes by its other ids too
            all.add(response);
          }
        });
    return all;
  }
}
