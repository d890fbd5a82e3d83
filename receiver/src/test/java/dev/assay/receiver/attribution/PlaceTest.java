package dev.assay.receiver.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlaceTest {
  /** A diff made line by line, so that each added line's place is known. */
  @Test
  void of_anyDiff_findsWhereEachLineWasPut() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      List<ChangeDiff.DiffLine> added = new ArrayList<>();
      List<ChangeDiff.DiffLine> removed = new ArrayList<>();
      List<Place> expected = new ArrayList<>();
      int before = 0;
      int after = 0;
      for (int part = 0; part < 6; part++) {
        int kept = part == 0 ? random.nextInt(3) : 1 + random.nextInt(3);
        before += kept;
        after += kept;
        int gone = random.nextInt(3);
        int come = random.nextInt(3);
        for (int i = 0; i < come; i++) {
          added.add(new ChangeDiff.DiffLine(++after, "line"));
          expected.add(new Place(before, before + gone));
        }
        for (int i = 0; i < gone; i++) {
          removed.add(new ChangeDiff.DiffLine(++before, "line"));
        }
      }
      assertThat(Place.of(added, removed)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void touches_placesThatMeet_orLieApartByTheSlack() {
    Place place = new Place(10, 12);
    assertThat(place.touches(new Place(12, 12), 0)).isTrue();
    assertThat(place.touches(new Place(13, 13), 0)).isFalse();
    assertThat(place.touches(new Place(15, 15), 3)).isTrue();
    assertThat(place.touches(new Place(16, 16), 3)).isFalse();
    assertThat(place.touches(new Place(7, 7), 3)).isTrue();
  }
}
