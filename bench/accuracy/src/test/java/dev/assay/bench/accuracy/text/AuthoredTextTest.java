package dev.assay.bench.accuracy.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AuthoredTextTest {
  @Test
  void text_keepsOrDropsTheLastBreak() {
    List<AuthoredLine> lines = List.of(AuthoredLine.by(0, "a"), AuthoredLine.by(0, "b"));
    assertThat(new AuthoredText(lines, true).text()).isEqualTo("a\nb\n");
    assertThat(new AuthoredText(lines, false).text()).isEqualTo("a\nb");
    assertThat(new AuthoredText(List.of(), true).text()).isEmpty();
  }

  @Test
  void reformatted_onlyByWhiteSpace_keepsEveryAuthor() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      AuthoredText before = anyText(random);
      StringBuilder spread = new StringBuilder();
      for (char c : before.text().replaceAll("\\s", "").toCharArray()) {
        spread.append(c).append(List.of("", " ", "\n", "\n\t").get(random.nextInt(4)));
      }
      AuthoredText after = before.reformatted(spread + "\n");
      assertThat(authors(after)).isEqualTo(authors(before));
    }
  }

  @Test
  void reformatted_givesNewCharactersToTheFormatter_andOtherQuotesToTheOldAuthor() {
    AuthoredText before = new AuthoredText(List.of(AuthoredLine.by(5, "f('x')")), true);
    AuthoredText after = before.reformatted("f(\"x\");\n");
    assertThat(authors(after)).containsExactly(5, 5, 5, 5, 5, 5, Hands.FORMATTER);
  }

  private static AuthoredText anyText(Random random) {
    List<AuthoredLine> lines = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(8); i++) {
      StringBuilder line = new StringBuilder();
      for (int j = 0; j < random.nextInt(20); j++) {
        line.append("ab(), ".charAt(random.nextInt(6)));
      }
      lines.add(AuthoredLine.by(2 + random.nextInt(4), line.toString()));
    }
    return new AuthoredText(lines, true);
  }

  private static List<Integer> authors(AuthoredText text) {
    List<Integer> out = new ArrayList<>();
    for (AuthoredLine line : text.lines()) {
      for (int i = 0; i < line.text().length(); i++) {
        if (!LineText.blank(line.text().charAt(i))) {
          out.add(line.handAt(i));
        }
      }
    }
    return out;
  }
}
