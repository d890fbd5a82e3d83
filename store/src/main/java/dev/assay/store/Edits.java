package dev.assay.store;

import dev.assay.store.fact.EditFact;
import dev.assay.store.fact.EditOrigin;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Edits as attribution asks for them. */
public interface Edits {

  /**
   * The edits of the given repositories and paths whose time lies in the window, both ends
   * included, ordered by time and then by tool use id. Edits without a path are left out. They may
   * come without their user: {@link #byId} tells it.
   *
   * @param repositories as {@code host/owner/name}; an edit matches if one of its own is among them
   */
  List<EditFact> inFiles(
      Collection<String> repositories, Collection<String> paths, Instant from, Instant to);

  /**
   * The edits, in any file of the given repositories and in the window, that added one of these
   * normalised lines: a look-up in the line index. Same order as {@link #inFiles}. Some that did
   * not may be among them (hashes can collide, and the index keeps only a few of the most recent
   * edits of a line).
   */
  List<EditFact> withLines(
      Collection<String> repositories,
      Collection<String> normalisedLines,
      Instant from,
      Instant to);

  /**
   * The paths, of edits of the given repositories at any time, that end with one of these paths or
   * are the end of one, by whole folders: {@code draft/src/a.py} for {@code src/a.py}; sorted, and
   * without these themselves.
   */
  Set<String> nestedPaths(Collection<String> repositories, Collection<String> paths);

  /** The edits with these tool use ids, in no order; unknown ids are left out. */
  List<EditFact> byId(Collection<String> toolUseIds);

  /**
   * As {@link #byId}, but without their lines, for who needs none: they are found much faster.
   *
   * @param around when they were made, most likely; they are found if that is wrong, too
   */
  List<EditFact> withoutLines(Collection<String> toolUseIds, Instant around);

  /** What made the edits with these tool use ids, by the ids; unknown ids are left out. */
  Map<String, EditOrigin> origins(Collection<String> toolUseIds);

  /** Every repository that an edit names, sorted. */
  List<String> repositories();

  /**
   * Edits before this are not kept any more; 1970 where all are. Asked after a question, it holds
   * for that question's answer.
   */
  Instant keptFrom();

  /**
   * A number that grows when an edit of one of the repositories, with its own time in the window,
   * is new or different: equal numbers mean that an attribution need not be made again.
   */
  long version(Collection<String> repositories, Instant from, Instant to);
}
