package dev.assay.store.embedded;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one kind that were touched last, as they are stored: most of what is said twice is
 * said twice within minutes. Only the writer's thread uses it.
 */
final class RecentFacts<F> {
  private final LinkedHashMap<String, F> facts = new LinkedHashMap<>(16, 0.75f, true);
  private final int limit;

  /**
   * @param limit how many are kept
   */
  RecentFacts(int limit) {
    this.limit = limit;
  }

  @Nullable F get(String key) {
    return facts.get(key);
  }

  void put(String key, F fact) {
    facts.put(key, fact);
    if (facts.size() > limit) {
      Map.Entry<String, F> eldest = facts.entrySet().iterator().next();
      facts.remove(eldest.getKey());
    }
  }

  void remove(String key) {
    facts.remove(key);
  }

  void clear() {
    facts.clear();
  }
}
