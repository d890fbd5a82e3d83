package dev.assay.receiver.forge;

import java.time.Instant;
import java.util.List;

/**
 * A commit as the history needs it.
 *
 * @param parents their ids, first parent first; those that a shallow clone lacks are not named
 * @param time the committer's date
 * @param message its first line, or all of it where the reader asked for that; bounded
 */
record Commit(
    String id,
    List<String> parents,
    Instant time,
    String author,
    String authorEmail,
    String message) {
  /** Commits can claim any time; those beyond these are taken for made then. */
  static final Instant FIRST = Instant.EPOCH;

  static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

  Commit {
    parents = List.copyOf(parents);
    time = time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
  }
}
