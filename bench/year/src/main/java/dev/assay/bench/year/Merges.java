package dev.assay.bench.year;

import dev.assay.store.Changes;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.EditObservation;
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
    List<Attribution> decided = new ArrayList<>();
    for (int i = 0; i < merged; i++) {
      int developer = random.nextInt(shape.developers());
      Instant time = day.atTime(9 + i % 9, i % 60).toInstant(ZoneOffset.UTC);
      Change change = change(i, developer, time);
      found.add(change);
      decided.add(attribution(change, edits(developer)));
    }
    changes.found(found);
    List<Survival> survivals = new ArrayList<>();
    changes.decided(decided);
    decided.forEach(each -> survivals.addAll(survivals(each)));
    changes.survived(survivals);
    return merged;
  }

  /** The developer's last ones: a day that is told again says the same. */
  private List<EditObservation> edits(int developer) {
    List<EditObservation> edits = new ArrayList<>();
    for (int day = index; day >= 0 && day > index - 7 && edits.size() < 20; day--) {
      new WorkDay(
              shape,
              day,
              developer,
              told -> {
                if (told instanceof EditObservation edit) {
                  edits.add(edit);
                }
              })
          .tell();
    }
    return edits;
  }

  private Change change(int i, int developer, Instant time) {
    int number = index * 1_000 + i;
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

  private Attribution attribution(Change change, List<EditObservation> edits) {
    int fate = random.nextInt(20);
    List<Verdict> verdicts = new ArrayList<>();
    if (fate > 0) {
      int lines = LINES / 2 + random.nextInt(LINES);
      int percent = fate < 6 || edits.isEmpty() ? 0 : 20 + random.nextInt(60);
      for (int line = 1; line <= lines; line++) {
        verdicts.add(verdict("src/main/java/Order" + line / 50 + ".java", line, percent, edits));
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

  private Verdict verdict(String path, int line, int percent, List<EditObservation> edits) {
    if (line % 6 == 0) {
      return new Verdict(path, line, false, false, null, null, null, 0, "trivial");
    }
    if (random.nextInt(100) >= percent) {
      return new Verdict(path, line, true, false, null, null, null, 0, "no-candidate");
    }
    EditObservation edit = edits.get(line / 9 % edits.size());
    String session = edit.session().sessionId();
    return new Verdict(path, line, true, true, "exact", session, edit.toolUseId(), 0, null);
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
