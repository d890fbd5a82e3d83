package dev.assay.receiver.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** docs/attribution.md, rules C1 to C4 and T1. */
class CommonLineRulesTest {
  private static final String LOG = "import org.slf4j.Logger;";

  private static Scene withCommonLog() {
    return new Scene().base("a.java", LOG).base("b.java", LOG).base("c.java", LOG);
  }

  @Test
  void c1_shortLine_provesNothingAlone() {
    Scene scene =
        new Scene().edit(Scene.FILE, "+return a;").change(Scene.FILE, "@30", "+return a;");
    assertThat(scene.verdicts()).containsExactly("(too-short)");
    assertThat(scene.judge().tagged()).isFalse();
  }

  @Test
  void c1_twelveCharacters_areEnough() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+total = 100;", "+total = 10;")
            .change(Scene.FILE, "+total = 100;", "+people wrote it;", "+a", "+b", "+total = 10;");
    assertThat(scene.verdicts().get(0)).isEqualTo("exact");
  }

  @Test
  void c1_lineInThreeFiles_provesNothingAlone() {
    Scene scene = withCommonLog().edit(Scene.FILE, "+" + LOG).change(Scene.FILE, "@30", "+" + LOG);
    assertThat(scene.verdicts()).containsExactly("(too-common)");
    Scene two =
        new Scene()
            .base("a.java", LOG)
            .base("b.java", LOG)
            .edit(Scene.FILE, "+" + LOG)
            .change(Scene.FILE, "@30", "+" + LOG);
    assertThat(two.verdicts()).containsExactly("exact");
  }

  @Test
  void c1_lineTwiceInItsFile_provesNothingAlone() {
    Scene scene =
        new Scene()
            .base(Scene.FILE, "super.validate(order);", "", "super.validate(order);")
            .edit(Scene.FILE, "+super.validate(order);")
            .change(Scene.FILE, "@30", "+super.validate(order);");
    assertThat(scene.verdicts()).containsExactly("(too-common)");
  }

  @Test
  void c1_similarToACommonLine_provesNothingAlone() {
    Scene scene =
        withCommonLog()
            .edit(Scene.FILE, "+import org.slf4j.Loggers;")
            .change(Scene.FILE, "@30", "+" + LOG);
    assertThat(scene.verdicts()).containsExactly("(too-different)");
  }

  @Test
  void c2_shortLine_countsBesideADistinctiveOne() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+int total = price * count;", "+", "+", "+return total;")
            .change(Scene.FILE, "+int total = price * count;", "+", "+", "+return total;");
    assertThat(scene.verdicts()).containsExactly("exact", "(trivial)", "(trivial)", "exact");
  }

  @Test
  void c2_besideAnotherSessionsLine_provesNothing() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+int total = price * count;")
            .session("session-2")
            .edit(Scene.FILE, "@30", "+return a;")
            .change(Scene.FILE, "+int total = price * count;", "+return a;");
    assertThat(scene.verdicts()).containsExactly("exact", "(too-short)");
  }

  @Test
  void c3_licenceAtTheHead_countsAtItsPlace() {
    String[] licence = {
      "/* Licensed to the Shop", " * under one licence", " * for everyone here */"
    };
    Scene scene = new Scene().rules(Rules.standard());
    for (String path : new String[] {"a.java", "b.java", "c.java"}) {
      scene.base(path, licence);
    }
    scene
        .edit(
            Scene.FILE,
            "+" + licence[0],
            "+" + licence[1],
            "+" + licence[2],
            "+class Till implements Ledger {")
        .change(
            Scene.FILE,
            "+" + licence[0],
            "+" + licence[1],
            "+" + licence[2],
            "+people.wrote(one);",
            "+people.wrote(two);",
            "+people.wrote(three);",
            "+people.wrote(four);",
            "+class Till implements Ledger {");
    assertThat(scene.verdicts())
        .startsWith("exact", "exact", "exact", "(too-different)")
        .endsWith("exact");
  }

  @Test
  void c3_rowOfCommonLinesElsewhere_provesNothing() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+@Override", "+return a;", "+break;", "+case 1:")
            .change(Scene.FILE, "@30", "+@Override", "+return a;", "+break;", "+case 1:");
    assertThat(scene.verdicts()).allMatch(v -> v.equals("(too-short)"));
  }

  private static final String FIRST = "int total = price * count;";
  private static final String LAST = "ledger.append(total, clock.now());";
  private static final String[] PEOPLE = {
    "+people.wrote(one);", "+people.wrote(two);", "+people.wrote(three);", "+people.wrote(four);"
  };

  @Test
  void c4_asOftenBetweenTheSameLines_counts() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+" + FIRST, "+return a;", "+" + LAST)
            .change(
                Scene.FILE,
                "+" + FIRST,
                PEOPLE[0],
                PEOPLE[1],
                PEOPLE[2],
                PEOPLE[3],
                "+return a;",
                PEOPLE[0],
                PEOPLE[1],
                PEOPLE[2],
                PEOPLE[3],
                "+" + LAST);
    assertThat(scene.verdicts().get(5)).isEqualTo("exact");
  }

  @Test
  void c4_shortLineOfAHunkThatPeopleDropped_isTheirs() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@1", "+" + FIRST)
            .edit(Scene.FILE, "@2", "+one.dropped(statement);", "+return a;", "+another.dropped();")
            .edit(Scene.FILE, "@5", "+" + LAST)
            .change(
                Scene.FILE,
                "@9",
                "+" + FIRST,
                PEOPLE[0],
                PEOPLE[1],
                PEOPLE[2],
                PEOPLE[3],
                "+return a;",
                PEOPLE[0],
                PEOPLE[1],
                PEOPLE[2],
                PEOPLE[3],
                "+" + LAST);
    assertThat(scene.verdicts().get(5)).isEqualTo("(too-short)");
  }

  @Test
  void c4_moreOftenThanWritten_thePlaceMustDecide() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "@40", "+" + FIRST, "+return a;", "+" + LAST)
            .change(
                Scene.FILE,
                "+" + FIRST,
                PEOPLE[0],
                PEOPLE[1],
                PEOPLE[2],
                PEOPLE[3],
                "+return a;",
                PEOPLE[0],
                "+return a;",
                PEOPLE[1],
                PEOPLE[2],
                PEOPLE[3],
                "+" + LAST);
    assertThat(scene.verdicts().get(5)).isEqualTo("(too-short)");
    assertThat(scene.verdicts().get(7)).isEqualTo("(too-short)");
  }

  @Test
  void t1_onlyDistinctiveLines_tagTheChange() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+" + FIRST)
            .change(Scene.FILE, "+" + FIRST)
            .change("other.java", "+return a;");
    assertThat(scene.judge().tagged()).isTrue();
    assertThat(new Scene().edit(Scene.FILE, "+return a;").change(Scene.FILE, "+return a;").judge())
        .matches(judgement -> !judgement.tagged());
  }
}
