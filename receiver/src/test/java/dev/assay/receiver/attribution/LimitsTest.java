package dev.assay.receiver.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Each limit at its edge: where a scene needs just as much as the limit, nothing is left out and
 * nobody is told; one less, and somebody is. That of lines looked up is in CandidatesTest.
 */
class LimitsTest {
  private static final String TOTAL = "int total = price * count;";

  private final List<Limit> told = new ArrayList<>();

  private List<String> verdicts(Scene scene, Limit limit, long number) {
    told.clear();
    return scene.limits(Limits.standard().with(limit, number).telling(told::add)).verdicts();
  }

  private void assertEdge(
      Scene scene, Limit limit, long needed, List<String> within, List<String> past) {
    assertThat(verdicts(scene, limit, needed)).isEqualTo(within);
    assertThat(told).doesNotContain(limit);
    assertThat(verdicts(scene, limit, needed - 1)).isEqualTo(past);
    assertThat(told).contains(limit);
  }

  @Test
  void equalPairs_past_nthAgainstNth() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+" + TOTAL, "+" + TOTAL)
            .change(Scene.FILE, "@50", "+" + TOTAL, "+" + TOTAL, "+" + TOTAL);
    List<String> expected = List.of("exact", "exact", "(written-less-often)");
    assertEdge(scene, Limit.EQUAL_PAIRS, 2 * 3, expected, expected);
  }

  @Test
  void similarPairs_past_theNearestInTheOrderAreKept() {
    Scene scene =
        new Scene()
            .edit(
                Scene.FILE,
                "+int total1 = price * count;",
                "+int total2 = price * count;",
                "+int total3 = price * count;")
            .change(Scene.FILE, "@50", "+" + TOTAL);
    assertEdge(scene, Limit.SIMILAR_PAIRS, 3, List.of("similar"), List.of("similar"));
  }

  @Test
  void similarComparisons_past_onlyLinesNearEachOtherInTheOrder() {
    String[] written = new String[40];
    Arrays.setAll(written, i -> "+unlike_%d(%s);".formatted(i, "x".repeat(60 + i)));
    written[39] = "+int totals = price * count;";
    Scene scene = new Scene().edit(Scene.FILE, written).change(Scene.FILE, "@50", "+" + TOTAL);
    assertEdge(
        scene, Limit.SIMILAR_COMPARISONS, 40, List.of("similar"), List.of("(too-different)"));
  }

  @Test
  void reflowedStarts_past_thoseThatStandLikewise() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+sell(article_number_one, article_number_two);")
            .change(
                Scene.FILE,
                "+sell(another_thing_that_a_person_sells_here);",
                "+sell(article_number_one,",
                "+    article_number_two);");
    assertEdge(
        scene,
        Limit.REFLOWED_STARTS,
        2,
        List.of("(too-different)", "reflowed", "reflowed"),
        List.of("(too-different)", "(too-different)", "(too-different)"));
  }

  @Test
  void placeLines_past_theHunkIsNotAligned() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+alpha_of_claude();", "+return a;", "+return b;", "+omega_too();")
            .change(
                Scene.FILE, "+what_a_person_wrote = 1;", "+return a;", "+return b;", "+nothing;");
    assertEdge(
        scene,
        Limit.PLACE_LINES,
        4 * 4,
        List.of("(too-different)", "exact", "exact", "(too-different)"),
        List.of("(too-different)", "(too-short)", "(too-short)", "(too-different)"));
  }

  @Test
  void placeComparisons_past_noSimilarLinesAreLookedFor() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+x1 = 10;", "+y1 = 20;", "+return b;")
            .change(Scene.FILE, "+x2 = 10;", "+y2 = 20;", "+return b;");
    assertEdge(
        scene,
        Limit.PLACE_COMPARISONS,
        2 * 2,
        List.of("similar", "similar", "exact"),
        List.of("(too-different)", "(too-different)", "(too-short)"));
  }

  @Test
  void runPlaces_past_noRunBegins() {
    Scene scene =
        new Scene()
            .edit("draft/a.py", "+first_of_claude()", "+second_of_claude()", "+third_of_claude()")
            .change(
                Scene.FILE,
                "+first_of_claude()",
                "+second_of_claude()",
                "+third_of_claude()",
                "+what_a_person_wrote = 1",
                "+first_of_claude()",
                "+second_of_claude()",
                "+third_of_claude()");
    List<String> past = new ArrayList<>(Collections.nCopies(7, "(no-candidate)"));
    List<String> within = new ArrayList<>(Collections.nCopies(7, "(written-less-often)"));
    Collections.fill(within.subList(0, 3), "moved");
    within.set(3, "(too-different)");
    assertEdge(scene, Limit.RUN_PLACES, 2, within, past);
  }

  @Test
  void reflowedLines_past_aBlockIsNoMatterOfFormat() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+sell(article_number_one, article_number_two);")
            .change(Scene.FILE, "+sell(article_number_one,", "+    article_number_two);");
    assertEdge(
        scene,
        Limit.REFLOWED_LINES,
        1 + 2,
        List.of("reflowed", "reflowed"),
        List.of("(too-different)", "(too-different)"));
  }

  @Test
  void aroundFew_past_aHunkOfOneLineProvesNoPlace() {
    Scene scene =
        new Scene()
            .edit(Scene.FILE, "+return a;")
            .change(Scene.FILE, "+what_a_person_wrote = 1;", "+return a;");
    assertEdge(
        scene,
        Limit.AROUND_FEW,
        2,
        List.of("(too-different)", "exact"),
        List.of("(too-different)", "(too-short)"));
  }

  @Test
  void labels_areWhatMetricsSay() {
    assertThat(Limit.values())
        .extracting(Limit::label)
        .containsExactly(
            "equal-pairs",
            "similar-pairs",
            "similar-comparisons",
            "reflowed-starts",
            "place-lines",
            "place-comparisons",
            "looked-up",
            "run-places",
            "reflowed-lines",
            "around-few");
  }
}
