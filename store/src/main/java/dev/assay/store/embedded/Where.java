package dev.assay.store.embedded;

import dev.assay.store.report.Filter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The conditions of a question, with their parameters. */
final class Where {
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();

  Where and(String condition, Object... values) {
    conditions.add(condition);
    Collections.addAll(parameters, values);
    return this;
  }

  /** Days and user: of tables and views that have {@code day} and {@code user_name}. */
  static Where of(Filter filter) {
    Where where = new Where();
    if (filter.from() != null) {
      where.and("day >= ?", (int) filter.from().toEpochDay());
    }
    if (filter.to() != null) {
      where.and("day <= ?", (int) filter.to().toEpochDay());
    }
    if (filter.user() != null) {
      where.and("user_name = ?", filter.user());
    }
    return where;
  }

  /** Of changes. */
  static Where ofChanges(Filter filter) {
    Where where = of(filter);
    if (filter.repository() != null) {
      where.and("repository = ?", filter.repository());
    }
    return where;
  }

  /**
   * Of what sessions did. A decision or a response names no repository: those of a session belong
   * to every repository in which it edited.
   */
  static Where ofSessions(Filter filter) {
    Where where = of(filter);
    if (filter.repository() != null) {
      where.and(
          "session_id IN (SELECT e.session_id FROM edits e WHERE list_contains(e.repositories, ?))",
          filter.repository());
    }
    return where;
  }

  /** Of edits. */
  static Where ofEdits(Filter filter) {
    Where where = of(filter);
    if (filter.repository() != null) {
      where.and("list_contains(repositories, ?)", filter.repository());
    }
    return where;
  }

  /** Begins with a space; empty where there is no condition. */
  String sql() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  Object[] parameters() {
    return parameters.toArray();
  }
}
