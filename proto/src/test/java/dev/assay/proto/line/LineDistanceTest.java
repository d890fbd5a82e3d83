package dev.assay.proto.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineDistanceTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "'', abc, 3",
    "kitten, sitting, 3",
    "abc, abc, 0",
    "'total = a + b', 'total = a - b', 1",
    "'größe', 'grösse', 2",
    "'👍🏽 done', '👍 done', 1"
  })
  void distance_countsCodePoints(String a, String b, int expected) {
    assertThat(new LineDistance(a).to(b)).isEqualTo(expected);
    assertThat(new LineDistance(b).to(a)).isEqualTo(expected);
  }

  @Test
  void exactlyTheShare_stillCounts() {
    LineDistance ten = new LineDistance("abcdefghij");
    assertThat(ten.within(new LineDistance("abcdefghXY"), 20)).isEqualTo(2);
    assertThat(ten.within(new LineDistance("abcdefgXYZ"), 20)).isEqualTo(-1);
  }

  @Test
  void share_isOfTheLongerLine() {
    assertThat(LineDistance.allowed(8, 10, 20)).isEqualTo(2);
    assertThat(LineDistance.allowed(9, 4, 20)).isEqualTo(1);
  }

  @Test
  void anyLines_agreeWithTheTextbook() {
    Random random = new Random(7);
    for (int round = 0; round < 3000; round++) {
      String a = line(random, random.nextInt(200));
      String b = random.nextBoolean() ? line(random, random.nextInt(200)) : touched(random, a);
      int textbook = textbook(a.codePoints().toArray(), b.codePoints().toArray());
      assertThat(new LineDistance(a).to(b)).as("%s | %s", a, b).isEqualTo(textbook);
      int longer = Math.max(a.codePointCount(0, a.length()), b.codePointCount(0, b.length()));
      assertThat(new LineDistance(a).within(new LineDistance(b), 20))
          .as("%s | %s", a, b)
          .isEqualTo(textbook * 5 <= longer ? textbook : -1);
    }
  }

  private static String line(Random random, int length) {
    int[] alphabet = {'a', 'b', 'c', ' ', '(', 'é', 0x1F600, 'Z', '\u05D0'};
    return random
        .ints(length, 0, alphabet.length)
        .map(i -> alphabet[i])
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String touched(Random random, String line) {
    int[] points = line.codePoints().toArray();
    StringBuilder out = new StringBuilder();
    for (int point : points) {
      switch (random.nextInt(12)) {
        case 0 -> {}
        case 1 -> out.append('x').appendCodePoint(point);
        case 2 -> out.append('y');
        default -> out.appendCodePoint(point);
      }
    }
    return out.toString();
  }

  private static int textbook(int[] a, int[] b) {
    int[] row = new int[b.length + 1];
    for (int j = 0; j <= b.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length; j++) {
        int next =
            Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
        diagonal = row[j];
        row[j] = next;
      }
    }
    return row[b.length];
  }
}
