package dev.assay.receiver.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/attribution.md, rules W1, F1 to F4, E1 and E2. */
class CandidateRulesTest {
  private static final String A = "int total = price * count;";
  private static final String B = "log.info(\"sold {}\", total);";
  private static final String C = "ledger.append(total, clock.now());";
  private static final String D = "return new Receipt(total, count);";

  @ParameterizedTest
  @CsvSource({
    "PT504H, exact",
    "PT504H0.001S, (outside-window)",
    "PT-48H, exact",
    "PT-48H-0.001S, (outside-window)"
  })
  void w1_bothEndsOfTheWindow_areIncluded(Duration before, String verdict) {
    Scene scene = new Scene().before(before).edit(Scene.FILE, "+" + A).change(Scene.FILE, "+" + A);
    assertThat(scene.verdicts()).containsExactly(verdict);
  }

  @Test
  void p1_editWithoutItsLines_vouchesForNothing() {
    Scene scene = new Scene().editWithoutLines(Scene.FILE).change(Scene.FILE, "+" + A);
    assertThat(scene.verdicts()).containsExactly("(lines-unknown)");
  }

  @Test
  void f1_otherFile_doesNotVouchForSingleLines() {
    Scene scene = new Scene().edit("src/Other.java", "+" + A).change(Scene.FILE, "+" + A);
    assertThat(scene.verdicts()).containsExactly("(no-candidate)");
  }

  @Test
  void f2_renamedFile_isTheSameFile() {
    Scene scene =
        new Scene()
            .edit("src/Store.java", "+" + A)
            .renamedFrom("src/Store.java")
            .change(Scene.FILE, "+" + A);
    assertThat(scene.verdicts()).containsExactly("exact");
  }

  @Test
  void f3_threeDistinctiveLinesInARow_showAMove() {
    Scene scene =
        new Scene()
            .edit("src/Old.java", "+" + A, "+" + B, "+}", "+" + C)
            .change(Scene.FILE, "+" + A, "+" + B, "+", "+" + C);
    assertThat(scene.verdicts()).containsExactly("moved", "moved", "(trivial)", "moved");
    assertThat(scene.judge().tagged()).isTrue();
  }

  @Test
  void f3_afterAMove_everyStrategyApplies() {
    Scene scene =
        new Scene()
            .edit("src/Old.java", "+" + A, "+" + B, "+" + C, "+return new Receipt(totals, counts);")
            .change(Scene.FILE, "+" + A, "+" + B, "+" + C, "+" + D);
    assertThat(scene.verdicts()).containsExactly("moved", "moved", "moved", "similar");
  }

  @Test
  void f3_twoInARow_showNothing() {
    Scene scene =
        new Scene()
            .edit("src/Old.java", "+" + A, "+" + B, "+" + C)
            .change(Scene.FILE, "+" + A, "+" + B, "+human.wrote(this);", "+" + C);
    assertThat(scene.verdicts()).allMatch(v -> v.equals("(no-candidate)"));
  }

  @Test
  void f3_linesOfTheBaseTree_wereCopiedFromThere() {
    Scene scene =
        new Scene()
            .base("src/Old.java", A, B, C)
            .edit("src/Old.java", "+" + A, "+" + B, "+" + C)
            .change(Scene.FILE, "+" + A, "+" + B, "+" + C);
    assertThat(scene.verdicts()).allMatch(v -> v.equals("(no-candidate)"));
  }

  @Test
  void f3_smallPartOfALargeDraft_isNoMove() {
    Scene scene =
        new Scene()
            .edit(
                "src/Old.java",
                "+" + A,
                "+" + B,
                "+" + C,
                "+first other statement here;",
                "+second distinct sentence;",
                "+third quite unlike those;",
                "+fourth never seen again;")
            .change(Scene.FILE, "+" + A, "+" + B, "+" + C);
    assertThat(scene.verdicts()).allMatch(v -> v.equals("(no-candidate)"));
  }

  @Test
  void f3_fileThatIsCommitted_wasCopiedFrom() {
    // guava: every package has a ParametricNullness.java; Claude Code wrote one of them
    Scene scene =
        new Scene()
            .base("src/Old.java", "class Old {}")
            .edit("src/Old.java", "+" + A, "+" + B, "+" + C)
            .change(Scene.FILE, "+" + A, "+" + B, "+" + C);
    assertThat(scene.verdicts()).allMatch(v -> v.equals("(no-candidate)"));
  }

  @Test
  void f3_committedFileOfTheSameChange_mayGiveItsLinesAway() {
    Scene scene =
        new Scene()
            .base("src/Old.java", "class Old {}")
            .edit("src/Old.java", "+" + A, "+" + B, "+" + C)
            .change("src/Old.java", "-class Old {}")
            .change(Scene.FILE, "+" + A, "+" + B, "+" + C);
    assertThat(scene.verdicts()).containsExactly("moved", "moved", "moved");
  }

  @Test
  void f4_samePathInsideAnotherFolder_needsOneLine() {
    Scene scene =
        new Scene()
            .edit("draft/" + Scene.FILE, "+" + A, "+gone line one;")
            .change(Scene.FILE, "+human.wrote(this);", "+" + A);
    assertThat(scene.verdicts()).containsExactly("(too-different)", "moved");
  }

  /** Two files of one change got the same lines; Claude wrote those of the second one. */
  @Test
  void f4_nestedFile_hasItsDraft_beforeAnotherWithTheSameLines() {
    Scene scene =
        new Scene()
            .edit("draft/" + Scene.FILE, "+" + A, "+" + B, "+" + C)
            .change("src/Alike.java", "+" + A, "+" + B, "+" + C)
            .change(Scene.FILE, "+" + A, "+" + B, "+" + C);
    assertThat(scene.verdicts().subList(0, 3)).noneMatch(v -> v.equals("moved"));
    assertThat(scene.verdicts().subList(3, 6)).containsOnly("moved");
  }

  @Test
  void f4_committedFileInsideAnotherFolder_isAnotherFile() {
    Scene scene =
        new Scene()
            .base("examples/" + Scene.FILE, "class Shop {}")
            .edit("examples/" + Scene.FILE, "+" + A, "+" + B, "+" + C)
            .change(Scene.FILE, "+" + A, "+" + B, "+" + C);
    assertThat(scene.verdicts()).allMatch(v -> v.equals("(no-candidate)"));
  }

  @Test
  void f4_samePathInsideAnotherFolder_needsOrderAlone() {
    Scene scene =
        new Scene()
            .edit("worktrees/fix/" + Scene.FILE, "+" + A, "+gone line one;", "+" + B, "+" + C)
            .change(Scene.FILE, "+" + A, "+human.wrote(this);", "+" + B, "+human.too();", "+" + C);
    assertThat(scene.verdicts())
        .containsExactly("moved", "(too-different)", "moved", "(too-different)", "moved");
  }

  @Test
  void e1_lineThatTheEditAlsoRemoves_neverVouches() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "-" + A, "+  if (count > 0) {", "+    " + A, "+  }")
            .change(Scene.FILE, "+  if (count > 0) {", "+    " + A, "+  }");
    assertThat(scene.verdicts()).containsExactly("exact", "(only-moved-by-edit)", "(trivial)");
  }

  @Test
  void e2_formThatTheEditReplaced_isNotItsOwn() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "-int total = price * counts;", "+" + A)
            .change(Scene.FILE, "+int total = price * counts;");
    assertThat(scene.verdicts()).containsExactly("(too-different)");
  }
}
