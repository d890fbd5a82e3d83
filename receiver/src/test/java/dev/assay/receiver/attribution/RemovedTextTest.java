package dev.assay.receiver.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RemovedTextTest {
  private static final int KEY_CHARS = 3;

  @Test
  void contains_isWhatLookingThroughEachRowFinds() {
    Random random = new Random(1);
    int found = 0;
    for (int round = 0; round < 2_000; round++) {
      List<String> rows = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        rows.add(text(random, 30));
      }
      RemovedText removed = new RemovedText(rows, KEY_CHARS);
      for (int i = 0; i < 20; i++) {
        String text = text(random, 8);
        boolean expected = rows.stream().anyMatch(row -> row.contains(text));
        found += expected && text.length() >= KEY_CHARS ? 1 : 0;
        assertThat(removed.contains(text)).as("%s in %s", text, rows).isEqualTo(expected);
      }
    }
    assertThat(found).as("long enough to be looked up").isGreaterThan(1_000);
  }

  @Test
  void contains_textAcrossTwoRows_isNotFound() {
    assertThat(new RemovedText(List.of("abcd", "efgh"), KEY_CHARS).contains("cdef")).isFalse();
  }

  private static String text(Random random, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      text.append((char) ('a' + random.nextInt(3)));
    }
    return text.toString();
  }
}
