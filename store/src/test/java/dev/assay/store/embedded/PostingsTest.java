package dev.assay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PostingsTest {
  private static List<Long> edits(byte[] value, int from, int to) {
    List<Long> edits = new ArrayList<>();
    Postings.between(value, from, to, edits::add);
    return edits;
  }

  @Test
  void add_keepsTheNewest_inAnyOrder() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      int count = 1 + random.nextInt(3 * Postings.LIMIT);
      List<Integer> numbers = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        numbers.add(i);
        numbers.add(i);
      }
      Collections.shuffle(numbers, random);
      byte[] value = new byte[Postings.SIZE];
      numbers.forEach(n -> Postings.add(value, 100 + n / 2, n));
      List<Long> expected = new ArrayList<>();
      for (long n = count; n > Math.max(0, count - Postings.LIMIT); n--) {
        expected.add(n);
      }
      assertThat(edits(value, 0, 1000)).isEqualTo(expected);
    }
  }

  @Test
  void add_tellsWhetherAnythingChanged() {
    byte[] value = new byte[Postings.SIZE];
    assertThat(Postings.add(value, 5, 50)).isTrue();
    assertThat(Postings.add(value, 5, 50)).isFalse();
    for (int i = 1; i < Postings.LIMIT; i++) {
      assertThat(Postings.add(value, 5 + i, 50 + i)).isTrue();
    }
    assertThat(Postings.add(value, 4, 40)).isFalse();
    assertThat(Postings.add(value, 5 + Postings.LIMIT, 99)).isTrue();
    assertThat(edits(value, 0, 5)).isEmpty();
  }

  @Test
  void between_includesBothEnds_alsoAfter2038() {
    byte[] value = new byte[Postings.SIZE];
    int late = (int) 0xf000_0000L;
    Postings.add(value, 10, 1);
    Postings.add(value, 20, -2);
    Postings.add(value, late, 3);
    assertThat(edits(value, 10, 20)).containsExactly(-2L, 1L);
    assertThat(edits(value, 11, 19)).isEmpty();
    assertThat(edits(value, 20, late)).containsExactly(3L, -2L);
  }
}
