package dev.assay.receiver.attribution;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a {@link History} writes down about texts, beside who wrote which line: equal lines can
 * stand for each other, so that of some texts only the number counts.
 */
final class Books {
  /** How often Claude wrote a text, and how often it removed a line of its own again. */
  private final Map<String, Integer> written = new HashMap<>();

  private final Map<String, Integer> removed = new HashMap<>();

  /** How often a line of Claude's went away, by whomever. */
  private final Map<String, Integer> gone = new HashMap<>();

  /** Distinctive lines that a session wrote at a path, less those that Claude removed. */
  private final Map<String, Integer> drafted = new HashMap<>();

  /** Texts that people copied or typed again. */
  private final Set<String> copied = new HashSet<>();

  /**
   * Texts of which Claude removed somebody else's copy: by rule B2 (the text, not the place, where
   * the place has none) that may cost Claude's own line.
   */
  private final Set<String> copiesRemoved = new HashSet<>();

  /**
   * Lines of one session that another removed: by rule B2 it depends on what else of the other's
   * work was merged, and BudgetRulesTest has the cases. And lines that were removed in another file
   * than they were written in: the rules say nothing of them.
   */
  private final Set<String> removedByOthers = new HashSet<>();

  void wrote(Row row) {
    add(written, Words.family(row.text()), 1);
    draft(row, 1);
  }

  void claudeRemoved(String session, String path, Row row) {
    Row.Origin origin = row.origin();
    if (origin == null) {
      copiesRemoved.add(Words.family(row.text()));
      return;
    }
    add(removed, Words.family(row.text()), 1);
    add(gone, Words.family(row.text()), 1);
    if (!origin.session().equals(session) || !origin.path().equals(path)) {
      removedByOthers.add(Words.family(row.text()));
    } else if (row.untouched()) {
      draft(row, -1);
    }
  }

  void peopleRemoved(Row row) {
    if (row.claudes()) {
      add(gone, Words.family(row.text()), 1);
    }
  }

  void copied(String text) {
    copied.add(Words.family(text));
  }

  boolean isCopied(String text) {
    return copied.contains(Words.family(text));
  }

  boolean wroteOnce(String text) {
    return times(written, text) == 1;
  }

  /** How many lines of a text Claude has in its budget: rule B1. */
  int budget(String text) {
    return Math.max(0, times(written, text) - times(removed, text));
  }

  int written(String text) {
    return times(written, text);
  }

  int gone(String text) {
    return times(gone, text);
  }

  int drafted(String session, String path) {
    return drafted.getOrDefault(session + path, 0);
  }

  boolean removedByOthers(String text) {
    return removedByOthers.contains(Words.family(text));
  }

  boolean copiesRemoved(String text) {
    return copiesRemoved.contains(Words.family(text));
  }

  private void draft(Row row, int lines) {
    Row.Origin origin = row.origin();
    if (origin != null && !Words.isWeak(row.text())) {
      add(drafted, origin.session() + origin.path(), lines);
    }
  }

  private static int times(Map<String, Integer> book, String text) {
    return book.getOrDefault(Words.family(text), 0);
  }

  private static void add(Map<String, Integer> book, String key, int lines) {
    book.merge(key, lines, Integer::sum);
  }
}
