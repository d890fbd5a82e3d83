package dev.assay.store.embedded;

import dev.assay.store.fact.EditFact;
import java.util.Collection;
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
   * The edits of a window, with a version above one and up to another, oldest version first: what
   * was written together is read together.
   */
  List<Indexable> ids(long window, long above, long upTo);

  /** The edits of any window, with a version above one and up to another, in the same order. */
  List<Indexable> ids(long above, long upTo);

  /** No edit before this is kept. */
  long keptFromMicros();

  /** The hashes of a window's edits whose lines have expired. */
  List<Long> expired(long window);

  List<EditFact> byId(Collection<String> toolUseIds);

  /**
   * An edit to be entered.
   *
   * @param lines that it added and removed
   */
  record Indexable(String toolUseId, long lines) {}
}
