package dev.assay.store.embedded;

import dev.assay.store.report.Filter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** The conditions of a question, with their parameters. */
final class Where {
  /** A pull request's, as {@link dev.assay.store.fact.Change#key} ends with. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();

  Where and(String condition, Object... values) {
    conditions.add(condition);
    Collections.addAll(parameters, values);
    return this;
  }

  /** Both, for a question in which the other's conditions come after these. */
  Where and(Where other) {
    Where both = new Where();
    both.conditions.addAll(conditions);
    both.conditions.addAll(other.conditions);
    both.parameters.addAll(parameters);
    both.parameters.addAll(other.parameters);
    return both;
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

  /** Changes, with {@code user_name} where the filter asks for it. */
  static String changes(Filter filter) {
    return filter.user() == null ? "changes" : "change_people";
  }

  /**
   * The table of changes with these conditions, as {@code FROM} wants it. Of one person's they are
   * found first by what the conditions need: more columns of few rows are read faster so.
   */
  String fromChanges(Filter filter) {
    return filter.user() == null
        ? "changes" + sql()
        : "changes WHERE rowid IN (SELECT change_row FROM change_people" + sql() + ")";
  }

  /**
   * The change with this readable key. Its number, where it has one, is looked for first: numbers
   * are looked through faster than texts.
   */
  static Where ofChange(String key) {
    String number = key.substring(key.lastIndexOf('#') + 1);
    Where where = new Where();
    if (NUMBER.matcher(number).matches()) {
      where.and("number = ?", Integer.valueOf(number));
    }
    return where.and("key = ?", key);
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
   * Of the sums. A decision or a response names no repository: those of a session belong to every
   * repository in which it edited.
   */
  static Where ofSums(Filter filter) {
    return of(filter).and("repository = ?", filter.repository() == null ? "" : filter.repository());
  }

  /** Of {@code work_again}: days of sessions that count already, earlier in the same range. */
  static Where ofRepeats(Filter filter) {
    Where where = ofSums(filter);
    if (filter.from() != null) {
      where.and("before >= ?", (int) filter.from().toEpochDay());
    }
    return where;
  }

  /** Begins with a space; empty where there is no condition. */
  String sql() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /** The same parameters, with one that stands behind the conditions. */
  Object[] parametersWith(Object last) {
    List<Object> all = new ArrayList<>(parameters);
    all.add(last);
    return all.toArray();
  }

  Object[] parameters() {
    return parameters.toArray();
  }
}
