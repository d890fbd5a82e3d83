package dev.assay.receiver.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.fact.EditFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
  private final List<String> disagreements = new ArrayList<>();
  private int judged;
  private int claudes;
  private int open;
  private int differ;

  @Test
  void randomHistories_agreeWithTheBooks() {
    long last = SEED > 0 ? SEED : HISTORIES;
    for (long seed = SEED > 0 ? SEED : 1; seed <= last; seed++) {
      History history = new History(seed);
      int steps = 3 + (int) (seed % 40);
      boolean two = seed % 3 == 0;
      for (int i = 0; i < steps; i++) {
        history.step();
        if (two && i == steps / 2) {
          judge(seed, history, history.now());
          history.merged();
        }
      }
      judge(seed, history, Scene.MERGED);
    }
    assertThat(disagreements).isEmpty();
    assertThat(judged).isGreaterThan(claudes);
    assertThat(claudes).isPositive();
    assertThat(differ)
        .as("open lines that are claimed otherwise than the books have them (%d are open)", open)
        .isLessThan(judged / 20 + 1);
  }

  private void judge(long seed, History history, Instant mergedAt) {
    Squash squash = new Squash(history);
    Judgement judgement = attributor.judge(mergedAt, squash.diff, squash.base, history.edits());
    List<EditFact> shuffled = new ArrayList<>(history.edits());
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(attributor.judge(mergedAt, squash.diff, squash.base, shuffled))
        .as("seed %d, another order", seed)
        .isEqualTo(judgement);
    Account account = new Account(history, squash, judgement.verdicts());
    judged += account.judged;
    claudes += account.claudes;
    open += account.open;
    differ += account.differ;
    account.disagreements.forEach(
        said ->
            disagreements.add(
                "seed " + seed + ": " + said + "\n" + String.join("\n", history.log)));
  }
}
