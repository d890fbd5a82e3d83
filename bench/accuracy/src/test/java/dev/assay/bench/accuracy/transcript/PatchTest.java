package dev.assay.bench.accuracy.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.bench.accuracy.transcript.Patch.Hunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatchTest {
  @Test
  void between_hasThreeLinesOfContext() {
    assertThat(Patch.between("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"))
        .containsExactly(
            new Hunk(2, 7, 2, 7, List.of(" 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8")));
  }

  @Test
  void between_marksAMissingBreakAtTheEnd() {
    assertThat(Patch.between("a\n", "a\nb").get(0).lines())
        .containsExactly(" a", "+b", "\\ No newline at end of file");
  }

  @Test
  void between_anyTexts_leadsFromOneToTheOther() {
    Random random = new Random(3);
    for (int round = 0; round < 500; round++) {
      List<String> before = any(random);
      List<String> after = any(random);
      String from = String.join("\n", before) + "\n";
      String to = String.join("\n", after) + "\n";
      assertThat(applied(before, Patch.between(from, to))).isEqualTo(after);
    }
  }

  private static List<String> any(Random random) {
    List<String> out = new ArrayList<>(Arrays.asList("start"));
    for (int i = 0; i < random.nextInt(30); i++) {
      out.add("line " + random.nextInt(8));
    }
    return out;
  }

  private static List<String> applied(List<String> before, List<Hunk> hunks) {
    List<String> out = new ArrayList<>();
    int at = 0;
    for (Hunk hunk : hunks) {
      while (at < hunk.oldStart() - 1) {
        out.add(before.get(at++));
      }
      assertThat(out).hasSize(hunk.newStart() - 1);
      for (String line : hunk.lines()) {
        if (line.charAt(0) != '+') {
          assertThat(before.get(at++)).isEqualTo(line.substring(1));
        }
        if (line.charAt(0) != '-') {
          out.add(line.substring(1));
        }
      }
    }
    out.addAll(before.subList(at, before.size()));
    return out;
  }
}
