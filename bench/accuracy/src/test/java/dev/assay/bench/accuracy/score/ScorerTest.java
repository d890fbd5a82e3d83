package dev.assay.bench.accuracy.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.bench.accuracy.corpus.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScorerTest {
  private static final List<Truth> TRUTH =
      List.of(
          row(1, 1, "claude", "verbatim", "int total = 0;"),
          row(1, 2, "claude", "small", "int count = 1;"),
          row(1, 3, "human", "person", "int mine = 2;"),
          row(1, 4, "unjudged", "person", "int twin = 3;"),
          row(1, 5, "excluded", "verbatim", "int never = 4;"),
          new Truth(1, "a.java", 6, "claude", "verbatim", "", false, "}"),
          row(2, 1, "human", "decoy-read", "String read = null;"));

  private final Scorer scorer = new Scorer();

  @Test
  void aPerfectJudge_hasNothingWrong() {
    Scores scores = scorer.score(TRUTH, claiming("claude"));
    assertThat(scores.f1()).isEqualTo(1);
    assertThat(scores.excludedAssisted() + scores.pullsMissed() + scores.pullsFalselyTagged())
        .isZero();
    assertThat(scorer.wrong()).isEmpty();
  }

  @Test
  void aJudgeWhoAlwaysSaysYes_hasAllRecallAndEveryFalseAlarm() {
    Scores scores = scorer.score(TRUTH, claiming("claude", "human", "unjudged", "excluded"));
    assertThat(scores.recall()).isEqualTo(1);
    assertThat(scores.falseAlarms()).isEqualTo(2);
    assertThat(scores.precision()).isEqualTo(0.5);
    assertThat(scores.excludedAssisted()).isEqualTo(1);
    assertThat(scores.pullsFalselyTagged()).isEqualTo(1);
    assertThat(scores.unjudgedShare()).isEqualTo(0.2);
  }

  @Test
  void aJudgeWhoAlwaysSaysNo_missesThePullRequest() {
    Scores scores = scorer.score(TRUTH, Set.of());
    assertThat(scores.recall()).isZero();
    assertThat(scores.f1()).isZero();
    assertThat(scores.pullsMissed()).isEqualTo(1);
    assertThat(scores.kinds())
        .contains(
            new KindScore("claude", "small", 1, 0), new KindScore("human", "decoy-read", 1, 0));
  }

  @Test
  void equalLinesOfOneFile_standForEachOther() {
    List<Truth> equal =
        List.of(
            row(1, 1, "human", "person", "return total;"),
            row(1, 2, "claude", "verbatim", "  return TOTAL;"));
    assertThat(scorer.score(equal, Set.of(Scorer.key(equal.get(0)))).f1()).isEqualTo(1);
    assertThat(
            scorer
                .score(equal, equal.stream().map(Scorer::key).collect(Collectors.toSet()))
                .falseAlarms())
        .isEqualTo(1);
  }

  @Test
  void scoresOfTwoCorpora_addUp() {
    Scores one = scorer.score(TRUTH, claiming("claude"));
    Scores both = one.plus(scorer.score(TRUTH, Set.of()));
    assertThat(both.recall()).isCloseTo(0.5, within(1e-9));
    assertThat(both.kinds()).contains(new KindScore("claude", "small", 2, 1));
    assertThat(both.pulls()).isEqualTo(4);
  }

  @Test
  void aLineThatIsNoVerdict_isNamed(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("truth.jsonl"), "");
    Path verdicts =
        Files.writeString(
            folder.resolve("v.jsonl"),
            "{\"pr\":1,\"path\":\"a\",\"line\":1,\"assisted\":true}\n{nonsense\n");
    assertThatThrownBy(() -> scorer.score(folder, verdicts))
        .hasMessageContaining("v.jsonl, line 2");
  }

  private static Set<String> claiming(String... truths) {
    return TRUTH.stream()
        .filter(row -> List.of(truths).contains(row.truth()))
        .map(Scorer::key)
        .collect(Collectors.toSet());
  }

  private static Truth row(int pr, int line, String truth, String kind, String text) {
    return new Truth(pr, "a.java", line, truth, kind, "", !truth.equals("excluded"), text);
  }
}
