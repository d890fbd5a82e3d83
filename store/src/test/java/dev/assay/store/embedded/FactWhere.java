package dev.assay.store.embedded;

import dev.assay.store.report.Filter;

/** The conditions of a question to the facts. */
final class FactWhere {
  private FactWhere() {}

  /** Of what sessions did: all of a session that edited in the repository, at any time. */
  static Where ofSessions(Filter filter) {
    Where where = Where.of(filter);
    if (filter.repository() != null) {
      where.and(
          "session_id IN (SELECT e.session_id FROM edits e WHERE list_contains(e.repositories, ?))",
          filter.repository());
    }
    return where;
  }

  /** Of edits. */
  static Where ofEdits(Filter filter) {
    Where where = Where.of(filter);
    if (filter.repository() != null) {
      where.and("list_contains(repositories, ?)", filter.repository());
    }
    return where;
  }
}
