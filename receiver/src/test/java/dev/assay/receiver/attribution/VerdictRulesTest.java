package dev.assay.receiver.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.fact.EditFact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** docs/attribution.md, rules V1 to V3 and D1. */
class VerdictRulesTest {
  @Test
  void v1_everyAddedLine_hasOneVerdict() {
    Judgement judgement =
        new Scene()
            .change("b.py", "+print('one thing')", "@7", "+print('other')")
            .change("a.py", "+}")
            .judge();
    assertThat(judgement.rulesVersion()).isEqualTo(Rules.VERSION);
    assertThat(judgement.verdicts())
        .extracting(v -> v.path() + ":" + v.line())
        .containsExactly("a.py:1", "b.py:1", "b.py:7");
  }

  @Test
  void v2_reason_namesWhatWasMissing() {
    String line = "int total = price * count;";
    assertThat(new Scene().change(Scene.FILE, "+" + line).verdicts())
        .containsExactly("(no-candidate)");
    assertThat(new Scene().editWithoutLines(Scene.FILE).change(Scene.FILE, "+" + line).verdicts())
        .containsExactly("(lines-unknown)");
    assertThat(
            new Scene()
                .edit(Scene.FILE, "+something else entirely;")
                .change(Scene.FILE, "+" + line)
                .verdicts())
        .containsExactly("(too-different)");
  }

  @Test
  void v3_binaryFile_hasNoVerdicts() {
    ChangeDiff diff =
        new ChangeDiff(
            List.of(
                new ChangeDiff.FileDiff("logo.png", null, true, List.of(), List.of(), List.of())));
    Judgement judgement =
        new Attributor(Rules.standard()).judge(Scene.MERGED, diff, new Scene().tree(), List.of());
    assertThat(judgement.verdicts()).isEmpty();
    assertThat(judgement.tagged()).isFalse();
  }

  @Test
  void d1_anyOrderAndRepetition_givesTheSameVerdicts() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+int total = price * count;", "+return a;")
            .edit(Scene.FILE, "@1", "+int total = price * count;", "+int other = price + count;")
            .session("session-2")
            .edit(Scene.FILE, "+int total = price * count;", "+log.info(total, other);")
            .change(
                Scene.FILE,
                "+int total = price * count;",
                "+return a;",
                "+int total = price * count;",
                "+int others = price + count;",
                "+log.info(total, other);")
            .change("src/B.java", "+int total = price * count;");
    Judgement expected = scene.judge();
    Attributor attributor = new Attributor(Rules.standard());
    Random random = new Random(3);
    for (int round = 0; round < 50; round++) {
      List<EditFact> edits = new ArrayList<>(scene.edits());
      edits.addAll(scene.edits());
      Collections.shuffle(edits, random);
      List<ChangeDiff.FileDiff> files = new ArrayList<>(scene.diff().files());
      Collections.shuffle(files, random);
      assertThat(attributor.judge(Scene.MERGED, new ChangeDiff(files), scene.tree(), edits))
          .isEqualTo(expected);
    }
  }
}
