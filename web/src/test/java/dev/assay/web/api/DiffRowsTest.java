package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receiver.attribution.ChangeDiff.DiffLine;
import dev.assay.receiver.attribution.ChangeDiff.FileDiff;
import dev.assay.store.fact.Verdict;
import dev.assay.web.api.DiffRows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class DiffRowsTest {
  @Test
  void replacedLine_standsWhereItWas() {
    assertThat(told(List.of("a", "b", "c", "d", "e"), "a b c -d +D e"))
        .containsExactly(" a", " b", " c", "-d", "+D", " e");
  }

  @Test
  void longRuns_areLeftOut() {
    assertThat(told(List.of("1", "2", "3", "4", "5", "6", "7", "8", "9"), "1 2 3 4 5 +x 6 7 8 9"))
        .containsExactly("~2", " 3", " 4", " 5", "+x", " 6", " 7", " 8", "~1");
  }

  @Test
  void deletedFile_isAllRemoved() {
    assertThat(told(List.of("a", "b"), "-a -b")).containsExactly("-a", "-b");
  }

  @Test
  void longLine_isCut() {
    String longest = "x".repeat(DiffRows.MAX_TEXT_CHARS);
    assertThat(text(longest)).isEqualTo(longest);
    assertThat(text(longest + "y")).isEqualTo(longest + " ...");
  }

  @Test
  void withoutTheFile_changesStandAloneInOrder() {
    FileDiff file =
        new FileDiff(
            "f",
            null,
            false,
            List.of(),
            List.of(new DiffLine(10, "new")),
            List.of(new DiffLine(10, "old")));
    assertThat(DiffRows.of(file, Map.of(), Optional.empty()).stream().map(DiffRowsTest::tell))
        .containsExactly("~9", "-old", "+new");
  }

  @Test
  void verdict_standsAtItsLine() {
    Verdict verdict = new Verdict("f", 1, true, true, "similar", "s", "t", 0.1, null);
    FileDiff file =
        new FileDiff("f", null, false, List.of(), List.of(new DiffLine(1, "x")), List.of());
    Row row = DiffRows.of(file, Map.of(1, verdict), Optional.of(List.of("x"))).get(0);
    assertThat(row.strategy()).isEqualTo("similar");
    assertThat(row.edit()).isEqualTo("t");
    assertThat(row.difference()).isEqualTo(0.1);
  }

  /** Any script of edits comes back in its order, but for lines far from a change. */
  @RepeatedTest(60)
  void anyScript_comesBack(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<String> script = new ArrayList<>();
    char before = ' ';
    for (int i = 0; i < 60; i++) {
      // Where lines are replaced, git tells the removed ones first.
      char kind =
          random.nextInt(4) > 0 ? ' ' : before == '+' ? '+' : random.nextBoolean() ? '-' : '+';
      script.add(kind + "line" + i);
      before = kind;
    }
    List<Row> rows = rows(script);
    List<String> shown =
        rows.stream().filter(row -> !row.kind().equals("gap")).map(DiffRowsTest::tell).toList();
    assertThat(script).containsSubsequence(shown);
    assertThat(shown).containsAll(script.stream().filter(line -> line.charAt(0) != ' ').toList());
    int hidden = rows.stream().mapToInt(row -> row.count() == null ? 0 : row.count()).sum();
    assertThat(shown.size() + hidden).isEqualTo(script.size());
  }

  private static List<String> told(List<String> before, String script) {
    List<String> lines =
        List.of(script.split(" ")).stream()
            .map(word -> "+-".indexOf(word.charAt(0)) >= 0 ? word : " " + word)
            .toList();
    assertThat(lines.stream().filter(line -> line.charAt(0) != '+').map(line -> line.substring(1)))
        .as("the script begins with the old file")
        .isEqualTo(before);
    return rows(lines).stream().map(DiffRowsTest::tell).toList();
  }

  /** Takes a script apart into what git tells, and has it put together again. */
  private static List<Row> rows(List<String> script) {
    List<DiffLine> added = new ArrayList<>();
    List<DiffLine> removed = new ArrayList<>();
    List<String> after = new ArrayList<>();
    int oldLine = 0;
    for (String line : script) {
      String text = line.substring(1);
      oldLine += line.charAt(0) == '+' ? 0 : 1;
      if (line.charAt(0) == '-') {
        removed.add(new DiffLine(oldLine, text));
        continue;
      }
      after.add(text);
      if (line.charAt(0) == '+') {
        added.add(new DiffLine(after.size(), text));
      }
    }
    FileDiff file = new FileDiff("f", null, false, List.of(), added, removed);
    return DiffRows.of(file, Map.of(), Optional.of(after));
  }

  private static String tell(Row row) {
    return switch (row.kind()) {
      case "added" -> "+" + row.text();
      case "removed" -> "-" + row.text();
      case "context" -> " " + row.text();
      default -> "~" + row.count();
    };
  }

  private static String text(String line) {
    return String.valueOf(rows(List.of("+" + line)).get(0).text());
  }
}
