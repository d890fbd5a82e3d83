package dev.assay.store.contract;

import static dev.assay.store.contract.Given.NOON;
import static dev.assay.store.contract.Given.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.Verdict;
import dev.assay.store.report.Filter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The lines of decided changes, as exports read them. */
public abstract class AttributionsContract extends WithStore {
  private static final LocalDate TENTH = LocalDate.of(2026, 11, 10);

  @Test
  void attributions_comeInOrder_howeverManyThereAre() throws StoreUnavailableException {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 601; i++) {
      changes.add(Given.pullRequest(1000 + i, "ann@acme.example", NOON.plusSeconds(i)));
    }
    store.changes().found(changes);
    List<Verdict> many = unmatched(20_001);
    decide(changes.get(0), Attribution.State.FINAL, false, many);
    for (Change change : changes.subList(1, 600)) {
      decide(change, Attribution.State.FINAL, false, many.subList(0, 1));
    }
    List<String> got = new ArrayList<>();
    store
        .reports()
        .attributions(
            Filter.ALL,
            each ->
                got.add(
                    each.attribution().change().number()
                        + ":"
                        + each.attribution().verdicts().size()));
    List<String> wanted = new ArrayList<>(List.of("1000:20001"));
    for (int i = 1; i < 600; i++) {
      wanted.add(1000 + i + ":1");
    }
    assertThat(got).as("the last one was not decided").isEqualTo(wanted);
  }

  @Test
  void attributions_decidedAnewWhileTheyAreRead_comeWithTheirNewVerdicts()
      throws StoreUnavailableException {
    Change first = Given.pullRequest(1, "ann@acme.example", NOON);
    Change second = Given.pullRequest(2, "ann@acme.example", NOON.plusSeconds(1));
    store.changes().found(List.of(first, second));
    List<Verdict> many = unmatched(1_000);
    decide(first, Attribution.State.FINAL, false, many);
    decide(second, Attribution.State.PROVISIONAL, false, many.subList(0, 1));
    List<String> got = new ArrayList<>();
    store
        .reports()
        .attributions(
            Filter.ALL,
            each -> {
              got.add(each.attribution().state() + ":" + each.attribution().verdicts().size());
              if (got.size() == 1) {
                decideAgain(
                    second, Attribution.State.FINAL, many.subList(0, 2), NOON.plusSeconds(60));
              }
            });
    assertThat(got).containsExactly("FINAL:1000", "FINAL:2");
  }

  @Test
  void attributions_becomeUndecidedWhileTheyAreRead_comeWithoutVerdicts() throws Exception {
    Change change = Given.pullRequest(1, "ann@acme.example", NOON);
    store.changes().found(List.of(change));
    Thread deciding =
        new Thread(
            () -> {
              for (int i = 1; i <= 200; i++) {
                boolean lines = i % 2 == 0;
                decideAgain(
                    change,
                    lines ? Attribution.State.FINAL : Attribution.State.UNDECIDED,
                    unmatched(lines ? 2 : 0),
                    NOON.plusSeconds(i));
              }
            });
    Set<String> got = new TreeSet<>();
    decide(change, Attribution.State.UNDECIDED, false, List.of());
    deciding.start();
    while (deciding.isAlive()) {
      store
          .reports()
          .attributions(
              Filter.ALL,
              each ->
                  got.add(each.attribution().state() + ":" + each.attribution().verdicts().size()));
    }
    assertThat(got).isNotEmpty().isSubsetOf("FINAL:2", "UNDECIDED:0");
  }

  @Test
  void attributions_ofAUserOrARepository_areOfNoOther() throws StoreUnavailableException {
    Change ann = Given.pullRequest(1, "ann@acme.example", NOON);
    Change bob = Given.pullRequest(2, "bob@acme.example", NOON.plusSeconds(1));
    String other = "github.com/acme/other";
    Change elsewhere =
        new Change(other, 1, "Change", "ann@acme.example", null, NOON, "merge3", null, null, null);
    Change blank = Given.pullRequest(4, "ann@acme.example", NOON.plusSeconds(2));
    store.changes().found(List.of(ann, bob, elsewhere, blank));
    Verdict with = new Verdict("A.java", 1, true, true, "exact", "s1", "t1", 0, null);
    for (Change each : List.of(ann, bob, elsewhere)) {
      decide(each, Attribution.State.FINAL, true, List.of(with));
    }
    decide( // a line of Claude Code's that does not count
        blank,
        Attribution.State.FINAL,
        true,
        List.of(new Verdict("A.java", 1, false, true, "exact", "s1", "t1", 0, null)));
    Filter ofBob = new Filter(null, null, null, "bob@acme.example");
    Filter ofOther = new Filter(null, null, other, null);
    Filter ofAnn = new Filter(TENTH, TENTH, REPOSITORY, "ann@acme.example");
    assertThat(exported(ofBob)).containsExactly(bob.key());
    assertThat(exported(ofOther)).containsExactly(elsewhere.key());
    assertThat(exported(ofAnn)).containsExactly(ann.key(), blank.key());
    assertThat(assisted(ofBob)).containsExactly(bob.key());
    assertThat(assisted(ofAnn)).containsExactly(ann.key());
  }

  private List<String> exported(Filter filter) {
    List<String> keys = new ArrayList<>();
    store.reports().attributions(filter, each -> keys.add(each.attribution().change().key()));
    return keys;
  }

  private List<String> assisted(Filter filter) {
    List<String> keys = new ArrayList<>();
    store
        .reports()
        .assistedAttributions(filter, each -> keys.add(each.attribution().change().key()));
    return keys;
  }

  private static List<Verdict> unmatched(int lines) {
    return IntStream.rangeClosed(1, lines)
        .mapToObj(
            line -> new Verdict("A.java", line, true, false, null, null, null, 0, "no-candidate"))
        .toList();
  }

  private void decideAgain(
      Change change, Attribution.State state, List<Verdict> verdicts, Instant at) {
    try {
      decide(change, state, false, verdicts, at);
    } catch (StoreUnavailableException e) {
      throw new AssertionError(e);
    }
  }
}
