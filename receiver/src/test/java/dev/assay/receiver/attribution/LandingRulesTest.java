package dev.assay.receiver.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/attribution.md, rule C3, and what of B3 a place decides. */
class LandingRulesTest {
  private static final String A = "+Receipt receipt = register.open(customer);";
  private static final String B = "+receipt.add(total, clock.instant());";
  private static final String C = "+ledger.append(receipt.close());";

  /** People's lines, all of them unlike each other. */
  private static String[] people(int count, String... more) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add("+" + Integer.toString(7919 * (i + 1), 36).repeat(4));
    }
    lines.addAll(List.of(more));
    return lines.toArray(String[]::new);
  }

  @Test
  void c3_shortLineAtItsPlace_counts_butTagsNothing() {
    Scene scene =
        new Scene().edit(Scene.FILE, "@30", "+@Override").change(Scene.FILE, "@30", "+@Override");
    assertThat(scene.verdicts()).containsExactly("exact");
    assertThat(scene.judge().tagged()).isFalse();
  }

  @Test
  void c3_shortLineOnePlaceOn_provesNothing() {
    Scene scene =
        new Scene().edit(Scene.FILE, "@30", "+@Override").change(Scene.FILE, "@31", "+@Override");
    assertThat(scene.verdicts()).containsExactly("(too-short)");
  }

  @Test
  void c3_whatPeopleInsertAbove_doesNotMoveThePlace() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@30", "+@Override")
            .change(Scene.FILE, people(50, "@80", "+@Override"));
    assertThat(scene.verdicts().get(50)).isEqualTo("exact");
  }

  @Test
  void c3_whatTheSessionItselfInsertedAbove_doesNotMoveThePlace() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@2", A, B, C)
            .edit(Scene.FILE, "@33", "+@Override")
            .change(Scene.FILE, "@30", "+@Override");
    assertThat(scene.verdicts()).containsExactly("exact");
  }

  @Test
  void c3_whatTheSessionItselfRemovedAbove_doesNotMoveThePlace() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@2", "-one of people's lines", "-another of people's lines", A)
            .edit(Scene.FILE, "@29", "+@Override")
            .change(Scene.FILE, "@30", "+@Override");
    assertThat(scene.verdicts()).containsExactly("exact");
  }

  @Test
  void c3_twentyLinesAroundALoneOne_areFew_moreAreNot() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@1", "+@Override")
            .change(Scene.FILE, people(19, "+@Override"));
    assertThat(scene.verdicts().get(19)).isEqualTo("exact");
    Scene more =
        new Scene()
            .edit(Scene.FILE, "@1", "+@Override")
            .change(Scene.FILE, people(20, "+@Override"));
    assertThat(more.verdicts().get(20)).isEqualTo("(too-short)");
  }

  @Test
  void c3_halfOfTheHunkIsThere_itLanded() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@9", "+return a;", "+return b;", A, B)
            .change(Scene.FILE, "@9", "+return a;", "+people.wrote(this);", A);
    assertThat(scene.verdicts()).containsExactly("exact", "(too-different)", "exact");
  }

  @Test
  void c3_lessThanHalfOfTheHunkIsThere_itDidNotLand() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@9", "+return a;", A, B, C, "+return b;")
            .change(Scene.FILE, "@9", "+return a;", "+people.wrote(this);", "+return b;");
    assertThat(scene.verdicts()).containsExactly("(too-short)", "(too-different)", "(too-short)");
  }

  @Test
  void c3_commonLinesThatPeopleChangedALittle_countAtTheirPlace() {
    String[] licence = {"Licensed to the Shop under one", "licence, for everyone who is here"};
    Scene scene = new Scene();
    for (String path : new String[] {"a.java", "b.java", "c.java"}) {
      scene.base(path, licence);
    }
    scene
        .edit(Scene.FILE, "+Licenced to the Shop under one", "+licence, for everyone who was here")
        .change(Scene.FILE, "+" + licence[0], "+" + licence[1]);
    assertThat(scene.verdicts()).containsExactly("similar", "similar");
  }

  @Test
  void c3_diffThatSlidAHunkByThreeLines_isTheSamePlace() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@9", "+return a;", A, "+return b;")
            .change(Scene.FILE, "@12", "+return a;", A, "+return b;");
    assertThat(scene.verdicts()).containsExactly("exact", "exact", "exact");
  }

  @Test
  void b3_threeLinesInARow_wereBroughtBack_thoughPeopleChangedOneALittle() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@9", A, B, C)
            .edit(Scene.FILE, "@9", A.replace('+', '-'), B.replace('+', '-'), C.replace('+', '-'))
            .change(Scene.FILE, "@9", A, B.replace("total", "sum"), C);
    assertThat(scene.verdicts()).containsExactly("exact", "similar", "exact");
  }

  @Test
  void b3_threeLinesApart_wereTypedAgain() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@9", A, B, C)
            .edit(Scene.FILE, "@9", A.replace('+', '-'), B.replace('+', '-'), C.replace('+', '-'))
            .change(Scene.FILE, "@9", A, "+people.wrote(one);", B, "+people.wrote(two);", C);
    assertThat(scene.verdicts()).doesNotContain("exact");
  }

  @Test
  void b3_lineBesideWhatReplacedIt_wasKept() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@10", "+audit.note(receipt, clock.now());")
            .edit(
                Scene.FILE,
                "@10",
                "-audit.note(receipt, clock.now());",
                "+ledger.append(receipt, clock.now());")
            .change(
                Scene.FILE,
                "@10",
                "+ledger.append(receipt, clock.now());",
                "+audit.note(receipt, clock.today());");
    assertThat(scene.verdicts()).containsExactly("exact", "similar");
  }

  @Test
  void b3_lineElsewhereThanWhatReplacedIt_wasTypedAgain() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@10", "+audit.note(receipt, clock.now());")
            .edit(
                Scene.FILE,
                "@10",
                "-audit.note(receipt, clock.now());",
                "+ledger.append(receipt, clock.now());")
            .change(
                Scene.FILE,
                "@10",
                "+ledger.append(receipt, clock.now());",
                "@40",
                "+audit.note(receipt, clock.now());");
    assertThat(scene.verdicts()).containsExactly("exact", "(removed-again)");
  }

  @Test
  void b3_twoLinesAtTheirPlace_wereTypedAgain() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@9", A, B)
            .edit(Scene.FILE, "@9", A.replace('+', '-'), B.replace('+', '-'))
            .change(Scene.FILE, "@9", A, B);
    assertThat(scene.verdicts()).containsExactly("(removed-again)", "(removed-again)");
  }

  /** Found by the fuzzer: the first of two equal lines was taken, and the other was nobody's. */
  @Test
  void c3_ofTwoEqualLinesAtOnePlace_theOneInARowIsTheHunks() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@9", "+@Override", A, B, C)
            .session("session-2")
            .edit(
                Scene.FILE,
                "@9",
                "+another.session(wrote, these);",
                "+@Override",
                "+and.thisOne();")
            .change(
                Scene.FILE,
                "@9",
                "+another.session(wrote, these);",
                "+@Override",
                "+and.thisOne();",
                "+@Override",
                A,
                B,
                C);
    assertThat(scene.verdicts()).containsOnly("exact").hasSize(7);
    assertThat(scene.judge().verdicts().get(1).toolUseId()).isEqualTo("toolu_2");
    assertThat(scene.judge().verdicts().get(3).toolUseId()).isEqualTo("toolu_1");
  }

  /** The same where hunk and change begin with equal lines. */
  @Test
  void c3_equalLineAtTheHead_isNotTakenFromItsRow() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@9", "+@Override", A, B, C)
            .session("session-2")
            .edit(Scene.FILE, "@9", "+@Override", "+another.session(wrote, this);")
            .change(
                Scene.FILE,
                "@9",
                "+@Override",
                "+another.session(wrote, this);",
                "+@Override",
                A,
                B,
                C);
    assertThat(scene.verdicts()).containsOnly("exact").hasSize(6);
    assertThat(scene.judge().verdicts().get(2).toolUseId()).isEqualTo("toolu_1");
  }
}
