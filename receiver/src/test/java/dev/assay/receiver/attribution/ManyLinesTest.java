package dev.assay.receiver.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pull requests of 20,000 lines end, whatever the lines are like. */
class ManyLinesTest {
  private static final int LINES = 20_000;

  private static String[] lines(IntFunction<String> line) {
    return IntStream.range(0, LINES).mapToObj(i -> "+" + line.apply(i)).toArray(String[]::new);
  }

  private static List<String> verdicts(IntFunction<String> written, IntFunction<String> merged) {
    return new Scene().edit("data.py", lines(written)).change("data.py", lines(merged)).verdicts();
  }

  @Test
  void differentLines_areAllFound() {
    IntFunction<String> line = i -> "item" + i + " = load_" + Integer.toHexString(i * 7919) + "(x)";
    assertThat(verdicts(line, line)).containsOnly("exact");
  }

  @Test
  void equalLines_areAllFound() {
    IntFunction<String> line = i -> "total += price * count";
    assertThat(verdicts(line, line)).containsOnly("exact");
  }

  @Test
  void nearEqualLines_areJudgedInBoundedTimeAndMemory() {
    List<String> verdicts =
        verdicts(
            i -> "row(%06d, 'some text that is always there', %06d)".formatted(i, i),
            i -> "row(%06d, 'some text that was always there', %06d)".formatted(i, i));
    assertThat(verdicts.stream().filter("similar"::equals)).hasSizeGreaterThan(LINES * 9 / 10);
  }

  @Test
  void nearEqualLinesOfOthers_areJudgedInBoundedTimeAndMemory() {
    List<String> verdicts =
        verdicts(
            i -> "row(%08d, %08d)".formatted(i * 7919L % 99_999_989, i * 104729L % 99_999_989),
            i ->
                "row(%08d, %08d)"
                    .formatted(i * 15485863L % 99_999_989, i * 32452843L % 99_999_989));
    assertThat(verdicts).hasSize(LINES);
  }

  @Test
  void shortLines_areJudgedInBoundedTimeAndMemory() {
    assertThat(verdicts(i -> "x += 1", i -> "x += 1")).containsOnly("exact");
    assertThat(
            verdicts(i -> i % 2 == 0 ? "x += 1" : "y += 1", i -> i % 3 == 0 ? "x += 1" : "y += 1"))
        .hasSize(LINES);
  }

  @Test
  void splitLines_areJudgedInBoundedTimeAndMemory() {
    List<String> verdicts =
        verdicts(
            i -> "sell(article_number_one, article_number_two)",
            i -> i % 2 == 0 ? "sell(article_number_one," : "    article_number_two)");
    assertThat(verdicts).contains("reflowed");
  }

  @Test
  void splitLines_besideAsManyRemovedOnes_areJudgedInBoundedTimeAndMemory() {
    Scene scene = new Scene();
    List<String> edit = new ArrayList<>();
    List<String> change = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      change.add("-sell(article_number_" + i + ", shelf_number_" + i + ")");
    }
    for (int i = 0; i < LINES / 2; i++) {
      edit.add("+sell(article_number_" + i + ", drawer_number_" + i + ")");
      change.add("+sell(article_number_" + i + ",");
      change.add("+    drawer_number_" + i + ")");
    }
    edit.add(0, "+open the ledger for today");
    change.add(LINES, "+open the ledger for today");
    List<String> verdicts =
        scene
            .edit("shop.py", edit.toArray(String[]::new))
            .change("shop.py", change.toArray(String[]::new))
            .verdicts();
    assertThat(verdicts.stream().filter("reflowed"::equals)).hasSize(LINES);
  }
}
