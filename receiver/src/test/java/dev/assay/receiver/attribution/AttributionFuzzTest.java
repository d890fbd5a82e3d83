package dev.assay.receiver.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.assay.receiver.attribution.History.Row;
import dev.assay.receiver.attribution.History.Writer;
import dev.assay.store.fact.EditFact;
import dev.assay.store.fact.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random histories against a model that keeps its own books of who wrote each line. A few in the
 * default build; {@code -Dassay.fuzz.histories=10000} for a long run, {@code -Dassay.fuzz.seed=n}
 * for one history.
 */
class AttributionFuzzTest {
  private static final int HISTORIES = Integer.getInteger("assay.fuzz.histories", 300);
  private static final long SEED = Long.getLong("assay.fuzz.seed", 0);
  private final Attributor attributor = new Attributor(Rules.standard());

  @Test
  void randomHistories_agreeWithTheBooks() {
    int judged = 0;
    int claudes = 0;
    int left = 0;
    long last = SEED > 0 ? SEED : HISTORIES;
    for (long seed = SEED > 0 ? SEED : 1; seed <= last; seed++) {
      History history = new History(seed);
      int steps = 3 + (int) (seed % 40);
      for (int i = 0; i < steps; i++) {
        history.step();
      }
      List<Row> rows = history.rows();
      ChangeDiff diff = diff(history.base, rows);
      BaseTree base = new Scene().base(Scene.FILE, history.base.toArray(String[]::new)).tree();
      Judgement judgement = attributor.judge(Scene.MERGED, diff, base, history.edits);
      List<EditFact> shuffled = new ArrayList<>(history.edits);
      Collections.shuffle(shuffled, new Random(seed));
      assertThat(attributor.judge(Scene.MERGED, diff, base, shuffled))
          .as("seed %d, another order", seed)
          .isEqualTo(judgement);
      Map<String, int[]> books = new HashMap<>(); // text -> Claude's, claimed, all
      for (Verdict verdict : judgement.verdicts()) {
        Row row = rows.get(verdict.line() - 1);
        int[] book = books.computeIfAbsent(History.key(row.text()), t -> new int[3]);
        book[0] += row.writer() == Writer.CLAUDE ? 1 : 0;
        book[1] += verdict.assisted() ? 1 : 0;
        book[2]++;
        judged++;
      }
      for (Map.Entry<String, int[]> book : books.entrySet()) {
        claudes += book.getValue()[0];
        String text = book.getKey();
        int times = book.getValue()[2];
        int expected =
            history.copied.containsKey(text)
                ? Math.min(times, Math.max(0, history.copied.get(text)))
                : book.getValue()[0];
        int claimed = book.getValue()[1];
        boolean open =
            history.removedByOthers.contains(text)
                || (history.copiesRemoved.contains(text) && claimed < expected);
        left += open ? 1 : 0;
        if (!open) {
          assertThat(claimed)
              .as("seed %d: %s%n%s", seed, text, String.join("\n", history.log))
              .isEqualTo(expected);
        }
      }
    }
    assertThat(judged).isGreaterThan(claudes);
    assertThat(claudes).isPositive();
    assertThat(left).as("texts that the books leave open").isLessThan(judged / 20 + 1);
  }

  /** What git would show; lines are unlike each other, so that any diff shows the same. */
  private static ChangeDiff diff(List<String> base, List<Row> rows) {
    List<String> after = rows.stream().map(Row::text).toList();
    List<ChangeDiff.DiffLine> added = new ArrayList<>();
    List<ChangeDiff.DiffLine> removed = new ArrayList<>();
    for (AbstractDelta<String> delta : DiffUtils.diff(base, after).getDeltas()) {
      int number = delta.getTarget().getPosition();
      for (String line : delta.getTarget().getLines()) {
        added.add(new ChangeDiff.DiffLine(++number, line));
      }
      number = delta.getSource().getPosition();
      for (String line : delta.getSource().getLines()) {
        removed.add(new ChangeDiff.DiffLine(++number, line));
      }
    }
    return new ChangeDiff(
        List.of(
            new ChangeDiff.FileDiff(
                Scene.FILE, null, false, after.stream().limit(10).toList(), added, removed)));
  }
}
