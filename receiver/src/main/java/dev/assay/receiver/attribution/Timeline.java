package dev.assay.receiver.attribution;

import java.util.ArrayList;
import java.util.List;

/**
 * What the hunks of all sessions put in place of what in one file, in the order of time. So a
 * hunk's place can be followed back to the file as it was before.
 */
final class Timeline {
  /** Lines replaced by others; {@code start} is 0 where the source does not tell. */
  private record Replacement(String sessionId, int start, int added, int removed) {}

  private final List<Replacement> replacements = new ArrayList<>();

  /**
   * Appends a hunk and gives its number.
   *
   * @param start the first added line, 1-based, in the file after the hunk
   */
  int append(String sessionId, int start, int added, int removed) {
    replacements.add(new Replacement(sessionId, start, added, removed));
    return replacements.size() - 1;
  }

  /** The number of the next hunk. */
  int next() {
    return replacements.size();
  }

  /**
   * Where a hunk may stand in the base file; empty where nothing tells. Sessions of one checkout
   * see each other's lines, sessions of two checkouts do not, and no edit says which: so there may
   * be two answers.
   */
  List<Place> places(int hunk) {
    Replacement own = replacements.get(hunk);
    if (own.start == 0) {
      return List.of();
    }
    Place alone = back(own, hunk, false);
    Place together = back(own, hunk, true);
    return alone.equals(together) ? List.of(alone) : List.of(alone, together);
  }

  private Place back(Replacement own, int hunk, boolean othersToo) {
    int after = own.start - 1;
    int last = after + own.removed;
    for (int i = hunk - 1; i >= 0; i--) {
      Replacement r = replacements.get(i);
      if (r.start > 0 && (othersToo || r.sessionId.equals(own.sessionId))) {
        int begin = r.start - 1;
        int end = begin + r.added;
        after = after <= begin ? after : after >= end ? after - r.added + r.removed : begin;
        last = last >= end ? last - r.added + r.removed : last <= begin ? last : begin + r.removed;
      }
    }
    return new Place(after, Math.max(after, last));
  }
}
