package dev.assay.receiver.attribution;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of the base file that other lines were put in place of. What others insert or delete
 * elsewhere does not move it, so that the place of an edit can be compared with that of a merged
 * line.
 *
 * @param after the base line after which it begins; 0 at the head of the file
 * @param last the last base line that was replaced; equal to {@code after} where none was
 */
record Place(int after, int last) {

  /** Whether two places meet, or lie no more than {@code slack} base lines apart. */
  boolean touches(Place other, int slack) {
    return after - slack <= other.last && other.after - slack <= last;
  }

  /** The places of a diff's added lines, in their order. */
  static List<Place> of(List<ChangeDiff.DiffLine> added, List<ChangeDiff.DiffLine> removed) {
    List<Place> places = new ArrayList<>(added.size());
    int gone = 0; // removed lines above the place
    int kept = -1;
    int after = 0;
    int last = 0;
    for (int i = 0; i < added.size(); i++) {
      int above = added.get(i).number() - 1 - i;
      if (above != kept) { // otherwise nothing that stayed lies between this line and the last one
        kept = above;
        while (gone < removed.size() && removed.get(gone).number() - gone - 1 < kept) {
          gone++;
        }
        after = kept + gone;
        while (gone < removed.size() && removed.get(gone).number() == kept + gone + 1) {
          gone++;
        }
        last = kept + gone;
      }
      places.add(new Place(after, last));
    }
    return places;
  }
}
