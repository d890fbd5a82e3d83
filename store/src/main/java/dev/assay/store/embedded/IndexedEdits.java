package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the index asks the facts. */
interface IndexedEdits {
  /** The windows that have lines, each with the newest version of its edits up to the given. */
  Map<Long, Long> newestVersions(long upTo);

  /** The windows that have edits, with lines or without, up to a version. */
  Set<Long> windows(long upTo);

  /** The windows in which an edit was before it got another time, between two versions. */
  Set<Long> movedFrom(long above, long upTo);

  /**
   * Where to cut what was written of these times, with a version above one and up to another, so
   * that it can be read piece by piece: each cut is the last version of a piece, the last one that
   * of all. A piece may have a whole transaction more than fits into these limits.
   */
  List<Long> cuts(LineIndex.Span times, long above, long upTo, long limitEdits, long limitLines);

  /** The edits of these times, with a version above one and up to another, without their lines. */
  List<EditFact> written(LineIndex.Span times, long above, long upTo);

  /**
   * The same edits, or some of them, with their lines, by their times. One that was written again,
   * or deleted, meanwhile is left out: as it is now it has a newer version.
   */
  List<EditFact> withLines(List<EditFact> edits, long above, long upTo);

  /** No edit before this is kept. */
  long keptFromMicros();

  /** The hashes of a window's edits whose lines have expired. */
  List<Long> expired(long window);
}
