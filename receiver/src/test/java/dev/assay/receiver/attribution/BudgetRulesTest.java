package dev.assay.receiver.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** docs/attribution.md, rules B1 to B4. */
class BudgetRulesTest {
  private static final String A = "int total = price * count;";
  private static final String B = "log.info(\"sold {}\", total);";
  private static final String C = "ledger.append(total, clock.now());";

  @Test
  void b1_writtenTwice_vouchesForTwoAtMost() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+" + A, "+" + A)
            .change(Scene.FILE, "+" + A, "+" + A, "+" + A);
    assertThat(scene.verdicts()).containsExactly("exact", "exact", "(written-less-often)");
  }

  @Test
  void b1_renamedFileAndItsSuccessor_shareOneLine() {
    Scene scene =
        new Scene()
            .edit("src/Store.java", "+" + A)
            .renamedFrom("src/Store.java")
            .change(Scene.FILE, "+" + A)
            .change("src/Store.java", "+" + A);
    assertThat(scene.verdicts()).containsExactlyInAnyOrder("exact", "(written-less-often)");
  }

  @Test
  void b1_sameEdit_vouchesInEveryChange() {
    Scene first = new Scene().edit(Scene.FILE, "+" + A).change(Scene.FILE, "+" + A);
    Scene backport = new Scene().edit(Scene.FILE, "+" + A).change(Scene.FILE, "@90", "+" + A);
    assertThat(first.verdicts()).isEqualTo(backport.verdicts()).containsExactly("exact");
  }

  @Test
  void b2_laterEditRemovedTheLine_vouchesNoMore() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@10", "+" + A)
            .edit(Scene.FILE, "@10", "-" + A, "+" + B)
            .change(Scene.FILE, "+" + A, "+" + B);
    assertThat(scene.verdicts()).containsExactly("(removed-again)", "exact");
  }

  @Test
  void b2_anotherSessionRemovedTheLine_vouchesNoMore() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@10", "+" + A)
            .session("session-2")
            .edit(Scene.FILE, "@10", "-" + A, "+" + B)
            .change(Scene.FILE, "+" + A, "+" + B);
    assertThat(scene.verdicts()).containsExactly("(removed-again)", "exact");
  }

  @Test
  void b2_oneOfTwoRemoved_leavesOne() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@10", "+" + A, "+" + A)
            .edit(Scene.FILE, "@11", "-" + A)
            .change(Scene.FILE, "+" + A, "+" + A);
    assertThat(scene.verdicts()).containsExactlyInAnyOrder("exact", "(removed-again)");
  }

  @Test
  void b2_writtenAgainAfterwards_vouchesAgain() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@10", "+" + A)
            .edit(Scene.FILE, "@10", "-" + A)
            .edit(Scene.FILE, "@10", "+" + A)
            .change(Scene.FILE, "+" + A);
    assertThat(scene.verdicts()).containsExactly("exact");
  }

  @Test
  void b2_removedAtAnotherPlace_wasTheBasesOwn() {
    Scene scene =
        new Scene()
            .base(Scene.FILE, A)
            .edit(Scene.FILE, "@50", "+" + A)
            .edit(Scene.FILE, "@1", "-" + A, "+" + B)
            .change(Scene.FILE, "+" + B, "@50", "+" + A);
    assertThat(scene.verdicts()).containsExactly("exact", "exact");
  }

  @Test
  void b2_removedAfterTheMerge_wasMerged() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@10", "+" + A)
            .before(Duration.ofHours(-1))
            .edit(Scene.FILE, "@10", "-" + A, "+" + B)
            .change(Scene.FILE, "+" + A);
    assertThat(scene.verdicts()).containsExactly("exact");
  }

  @Test
  void b2_removedOnAnotherBranch_saysNothingHere() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@10", "+" + A)
            .session("session-2")
            .edit(Scene.FILE, "@80", "-" + A, "+" + B, "+" + C)
            .change(Scene.FILE, "+" + A);
    assertThat(scene.verdicts()).containsExactly("exact");
  }

  @Test
  void b3_threeRemovedLinesInARow_wereBroughtBack() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@10", "+" + A, "+" + B, "+" + C)
            .edit(Scene.FILE, "@10", "-" + A, "-" + B, "-" + C)
            .change(Scene.FILE, "+" + A, "+" + B, "+" + C);
    assertThat(scene.verdicts()).containsExactly("exact", "exact", "exact");
  }

  @Test
  void b3_twoRemovedLinesInARow_stayRemoved() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@10", "+" + A, "+" + B)
            .edit(Scene.FILE, "@10", "-" + A, "-" + B)
            .change(Scene.FILE, "+" + A, "+" + B);
    assertThat(scene.verdicts()).containsExactly("(removed-again)", "(removed-again)");
  }

  /** Found by the fuzzer: the line went, but its first writing still vouched for a copy of it. */
  @Test
  void b2_lineThatAnEditIndentedAndALaterOneRemoved_isRemoved() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@9", "+ledger.append(receipt.close());")
            .edit(
                Scene.FILE,
                "@9",
                "-ledger.append(receipt.close());",
                "+if (receipt.isComplete()) {",
                "+  ledger.append(receipt.close());")
            .edit(
                Scene.FILE,
                "@9",
                "-if (receipt.isComplete()) {",
                "-  ledger.append(receipt.close());",
                "+receipt.discardWithout(reason);")
            .change(
                Scene.FILE,
                "@9",
                "+receipt.discardWithout(reason);",
                "@40",
                "+ledger.append(receipt.close());");
    assertThat(scene.verdicts()).containsExactly("exact", "(removed-again)");
  }
}
