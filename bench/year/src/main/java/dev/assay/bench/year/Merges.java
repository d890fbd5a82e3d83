package dev.assay.bench.year;

import dev.assay.store.Changes;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.Survival;
import dev.assay.store.fact.Survival.Count;
import dev.assay.store.fact.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What was merged on one day: three pull requests a week for each developer, about 200 lines each.
 */
final class Merges {
  private static final int LINES = 200;

  private final Shape shape;
  private final int index;
  private final Random random;

  Merges(Shape shape, int index) {
    this.shape = shape;
    this.index = index;
    this.random = new Random(shape.seed() * 17 + index);
  }

  /** How many there were. */
  int tell(Changes changes) throws StoreUnavailableException {
    LocalDate day = shape.day(index);
    int merged = day.getDayOfWeek().getValue() > 5 ? 0 : Math.max(1, shape.developers() * 3 / 5);
    List<Change> found = new ArrayList<>();
    for (int i = 0; i < merged; i++) {
      found.add(change(i, day.atTime(9 + i % 9, i % 60).toInstant(ZoneOffset.UTC)));
    }
    changes.found(found);
    List<Survival> survivals = new ArrayList<>();
    List<Attribution> decided = found.stream().map(this::attribution).toList();
    changes.decided(decided);
    decided.forEach(each -> survivals.addAll(survivals(each)));
    changes.survived(survivals);
    return merged;
  }

  private Change change(int i, Instant time) {
    int number = index * 1_000 + i;
    int developer = random.nextInt(shape.developers());
    String repository = shape.repository(developer);
    return new Change(
        repository,
        number + 1,
        "Round totals half up, and say so " + number,
        "developer" + developer,
        shape.user(developer),
        time,
        String.format(Locale.ROOT, "%040x", number),
        null,
        null,
        "https://" + repository + "/pull/" + (number + 1));
  }

  private Attribution attribution(Change change) {
    int fate = random.nextInt(20);
    List<Verdict> verdicts = new ArrayList<>();
    if (fate > 0) {
      int lines = LINES / 2 + random.nextInt(LINES);
      int percent = fate < 6 ? 0 : 20 + random.nextInt(60);
      for (int line = 1; line <= lines; line++) {
        verdicts.add(verdict("src/main/java/Order" + line / 50 + ".java", line, percent));
      }
    }
    return new Attribution(
        change,
        fate == 0 ? Attribution.State.UNDECIDED : Attribution.State.FINAL,
        fate == 0 ? "The commit is in no checkout that this server knows." : null,
        1,
        1,
        change.mergedAt().plusSeconds(60),
        verdicts.stream().anyMatch(Verdict::assisted),
        verdicts);
  }

  private Verdict verdict(String path, int line, int percent) {
    if (line % 6 == 0) {
      return new Verdict(path, line, false, false, null, null, null, 0, "trivial");
    }
    return random.nextInt(100) < percent
        ? new Verdict(
            path, line, true, true, "exact", "s-1-1-" + line / 20, "toolu_" + line / 9, 0, null)
        : new Verdict(path, line, true, false, null, null, null, 0, "no-candidate");
  }

  private static List<Survival> survivals(Attribution attribution) {
    List<Survival> out = new ArrayList<>();
    long with = attribution.verdicts().stream().filter(v -> v.effective() && v.assisted()).count();
    long others =
        attribution.verdicts().stream().filter(v -> v.effective() && !v.assisted()).count();
    for (int days : new int[] {7, 30, 90}) {
      if (attribution.state() != Attribution.State.UNDECIDED) {
        out.add(
            new Survival(
                attribution.change().key(),
                days,
                "tip",
                attribution.decidedAt(),
                new Count(with, with * (100 - days / 2) / 100),
                new Count(others, others * (98 - days / 2) / 100),
                null));
      }
    }
    return out;
  }
}
