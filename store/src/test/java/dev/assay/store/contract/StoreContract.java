package dev.assay.store.contract;

import static dev.assay.store.contract.Given.NOON;
import static dev.assay.store.contract.Given.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.proto.signature.IndexedHash;
import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.SignedLines;
import dev.assay.store.Reports;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.StoreUnavailableException;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.DecisionObservation.Outcome;
import dev.assay.store.fact.EditFact;
import dev.assay.store.fact.EditOrigin;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.SessionClaim;
import dev.assay.store.fact.Source;
import dev.assay.store.fact.UsageObservation;
import dev.assay.store.fact.Verdict;
import dev.assay.store.report.ChangeSummary;
import dev.assay.store.report.Filter;
import dev.assay.store.report.Page;
import dev.assay.store.report.Summary;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits, edits, changes and the summary. */
public abstract class StoreContract {
  @TempDir Path directory;
  private Store store;

  /** Opens a store of the kind under test. */
  protected abstract Store open(StoreOptions options) throws StoreUnavailableException;

  @BeforeEach
  void openStore() throws StoreUnavailableException {
    store = open(StoreOptions.in(directory));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private void reopen() throws StoreUnavailableException {
    store.close();
    store = open(StoreOptions.in(directory));
  }

  @Test
  void commit_countsWhatIsNew() throws StoreUnavailableException {
    var observations =
        List.of(
            Given.session("s1", "ann@acme.example"),
            Given.decision(Source.EVENT, "t1", "s1", Outcome.ACCEPTED, "user_temporary"),
            Given.edit("t1", "s1", "src/A.java", "int answer = 42;", "return answer;"),
            Given.usage(Source.EVENT, null, "r1", "s1", 100, "0.25"));
    assertThat(changedBy(observations)).isEqualTo(4);
    assertThat(changedBy(observations)).isZero();
    reopen();
    assertThat(changedBy(observations)).isZero();
    assertThat(changedBy(List.of())).isZero();
  }

  private long changedBy(List<? extends Observation> observations)
      throws StoreUnavailableException {
    long before = store.health().changedFacts();
    store.commit(observations);
    store.reports().summary(Filter.ALL); // waits until they are facts
    assertThat(store.health().waiting()).isZero();
    return store.health().changedFacts() - before;
  }

  @Test
  void summary_addsUp() throws StoreUnavailableException {
    store.commit(
        List.of(
            Given.session("s1", "ann@acme.example"),
            Given.decision(Source.EVENT, "t1", "s1", Outcome.ACCEPTED, "user_temporary"),
            Given.decision(Source.EVENT, "t2", "s1", Outcome.ACCEPTED, "config"),
            Given.decision(Source.EVENT, "t3", "s1", Outcome.REJECTED, "user_reject"),
            Given.decision(Source.EVENT, "t4", "s1", Outcome.BLOCKED, "hook"),
            Given.edit("t1", "s1", "src/A.java", "int answer = 42;", ""),
            Given.usage(Source.EVENT, null, "r1", "s1", 100, "0.25")));
    store.changes().found(List.of(Given.pullRequest(1, "ann@acme.example", NOON)));
    Summary summary = store.reports().summary(Filter.ALL);
    assertThat(summary.accepted()).isEqualTo(2);
    assertThat(summary.rejected()).isEqualTo(2);
    assertThat(summary.acceptedByUser()).isEqualTo(1);
    assertThat(summary.rejectedByUser()).isEqualTo(1);
    assertThat(summary.linesAccepted()).isEqualTo(2);
    assertThat(summary.linesAcceptedEstimated()).isZero();
    assertThat(summary.users()).isEqualTo(1);
    assertThat(summary.sessions()).isEqualTo(1);
    assertThat(summary.spendUsd()).isEqualTo(new BigDecimal("0.25"));
    assertThat(summary.tokens().output()).isEqualTo(100);
    assertThat(summary.pullRequests()).isEqualTo(1);
    assertThat(summary.undecided()).isEqualTo(1);
  }

  @Test
  void origins_nameTheModelWhereOneIsKnown() throws StoreUnavailableException {
    store.commit(
        List.of(
            Given.session("s1", "ann@acme.example"),
            response("r1", "s1", NOON, "opus", null, false),
            response("r2", "s1", NOON.plusSeconds(20), "sonnet", "repl_main_thread", false),
            response("r3", "s1", NOON.plusSeconds(1), "haiku", "generate_session_title", false),
            Given.edit(Source.TRANSCRIPT, "t0", "s1", NOON.minusSeconds(1), "A.java", "zero"),
            Given.edit(Source.TRANSCRIPT, "t1", "s1", NOON.plusSeconds(5), "A.java", "one", "two"),
            Given.edit(Source.TRANSCRIPT, "t2", "s1", NOON.plusSeconds(20), "A.java", "three"),
            response("r4", "s2", NOON, "opus", null, false),
            response("r5", "s2", NOON, "opus", null, true),
            Given.edit(Source.TRANSCRIPT, "t3", "s2", NOON.plusSeconds(5), "A.java", "four"),
            response("r6", "s3", NOON, "opus", null, false),
            response("r7", "s3", NOON.plusSeconds(60), "haiku", "Explore", false),
            Given.edit(Source.TRANSCRIPT, "t4", "s3", NOON.plusSeconds(5), "A.java", "five"),
            Given.edit(Source.TRANSCRIPT, "t5", "s4", NOON.plusSeconds(5), "A.java", "six")));
    assertThat(store.edits().origins(List.of("t0", "t1", "t2", "t3", "t4", "t5", "no-such")))
        .as("a subagent of another model may have made t4; nothing is known of s4's responses")
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "t0", new EditOrigin(null, "2.1.330", 1, 0),
                "t1", new EditOrigin("opus", "2.1.330", 2, 0),
                "t2", new EditOrigin("sonnet", "2.1.330", 1, 0),
                "t3", new EditOrigin("opus", null, 1, 0),
                "t4", new EditOrigin(null, null, 1, 0),
                "t5", new EditOrigin(null, null, 1, 0)));
    assertThat(store.edits().origins(List.of())).isEmpty();
  }

  private static UsageObservation response(
      String id,
      String session,
      Instant time,
      String model,
      @Nullable String querySource,
      boolean sidechain) {
    return new UsageObservation(
        querySource == null ? Source.TRANSCRIPT : Source.EVENT,
        time,
        null,
        id,
        new SessionClaim(session, null),
        model,
        1,
        1,
        0,
        0,
        null,
        null,
        null,
        querySource,
        sidechain);
  }

  @Test
  void inFiles_asksByRepositoryPathAndWindow() throws StoreUnavailableException {
    store.commit(
        List.of(
            Given.session("s1", "ann@acme.example"),
            Given.edit("t2", "s1", "src/A.java", "one more line"),
            Given.edit("t1", "s1", "src/A.java", "int answer = 42;"),
            Given.edit("t3", "s1", "src/B.java", "another file"),
            Given.edit(
                Source.TRANSCRIPT,
                "t4",
                "s1",
                NOON.minusSeconds(3600),
                "src/A.java",
                "too early")));
    List<EditFact> edits =
        store.edits().inFiles(List.of(REPOSITORY, "x/y/z"), List.of("src/A.java"), NOON, NOON);
    assertThat(edits).extracting(EditFact::toolUseId).containsExactly("t1", "t2");
    assertThat(edits.get(0).lines()).isEqualTo(Given.lines("int answer = 42;"));
    assertThat(store.edits().byId(List.of("t1")).get(0).user()).isEqualTo("ann@acme.example");
    assertThat(store.edits().inFiles(List.of("x/y/z"), List.of("src/A.java"), NOON, NOON))
        .isEmpty();
    assertThat(store.edits().byId(List.of("t3", "t9")))
        .extracting(EditFact::path)
        .containsExactly("src/B.java");
    assertThat(store.edits().repositories()).containsExactly(REPOSITORY);
  }

  @Test
  void nestedPaths_endLikeThose_byWholeFolders() throws StoreUnavailableException {
    store.commit(
        List.of(
            Given.edit("t1", "s1", "draft/src/A.java", "one"),
            Given.edit("t2", "s1", "A.java", "two"),
            Given.edit("t3", "s1", "src/A.java", "three"),
            Given.edit("t4", "s1", "other/A.java", "four"),
            Given.edit("t5", "s1", "draft/mysrc/A.java", "five")));
    assertThat(store.edits().nestedPaths(List.of(REPOSITORY), List.of("src/A.java")))
        .containsExactly("A.java", "draft/src/A.java");
    assertThat(store.edits().nestedPaths(List.of("x/y/z"), List.of("src/A.java"))).isEmpty();
  }

  @Test
  void withLines_findsEditsByWhatTheyAdded() throws StoreUnavailableException {
    store.commit(
        List.of(
            Given.edit("t1", "s1", "src/A.java", "  int Answer = 'x';", "}"),
            Given.edit("t2", "s1", "src/B.java", "something else")));
    assertThat(
            store
                .edits()
                .withLines(List.of(REPOSITORY), List.of("int answer = \"x\";"), NOON, NOON))
        .extracting(EditFact::toolUseId)
        .containsExactly("t1");
    assertThat(store.edits().withLines(List.of(REPOSITORY), List.of("}"), NOON, NOON)).isEmpty();
    assertThat(
            store
                .edits()
                .withLines(
                    List.of(REPOSITORY),
                    List.of("int answer = \"x\";"),
                    NOON.plusSeconds(1),
                    NOON.plusSeconds(2)))
        .isEmpty();
  }

  @Test
  void withLines_findsSignedEditsByTheirHashes() throws StoreUnavailableException {
    EditLines signed =
        EditLines.newBuilder()
            .addSigned(SignedLines.newBuilder().setKeyId(1).addHashes(7).addHashes(-7))
            .build();
    store.commit(
        List.of(
            Given.edit("t1", "s1", "src/A.java", signed),
            Given.edit("t2", "s1", "src/B.java", "int answer = 42;")));
    for (long hash : new long[] {7, -7}) {
      assertThat(
              store
                  .edits()
                  .withLines(List.of(REPOSITORY), List.of(IndexedHash.of(hash)), NOON, NOON))
          .extracting(EditFact::toolUseId, EditFact::lines)
          .containsExactly(tuple("t1", signed));
    }
    assertThat(store.edits().withLines(List.of(REPOSITORY), List.of(IndexedHash.of(8)), NOON, NOON))
        .isEmpty();
  }

  /** An organisation that goes over to signatures: what is read again takes the text's place. */
  @Test
  void sameEdit_signed_takesThePlaceOfItsText() throws StoreUnavailableException {
    EditLines signed =
        EditLines.newBuilder().addSigned(SignedLines.newBuilder().setKeyId(1).addHashes(7)).build();
    store.commit(List.of(Given.edit("t1", "s1", "src/A.java", signed)));
    store.commit(List.of(Given.edit("t1", "s1", "src/A.java", Given.lines("int answer = 42;"))));
    assertThat(store.edits().byId(List.of("t1")).get(0).lines()).isEqualTo(signed);
  }

  @Test
  void version_growsWithTheWindowsEditsOnly() throws StoreUnavailableException {
    var repositories = List.of(REPOSITORY);
    store.commit(List.of(Given.edit("t1", "s1", "src/A.java", "int answer = 42;")));
    long before = store.edits().version(repositories, NOON, NOON);
    store.commit(List.of(Given.edit("t1", "s1", "src/A.java", "int answer = 42;")));
    store.commit(
        List.of(
            Given.edit(Source.TRANSCRIPT, "t2", "s1", NOON.plusSeconds(60), "src/A.java", "late")));
    assertThat(store.edits().version(repositories, NOON, NOON)).isEqualTo(before);
    reopen();
    store.commit(List.of(Given.edit("t3", "s1", "src/A.java", "new line here")));
    assertThat(store.edits().version(repositories, NOON, NOON)).isGreaterThan(before);
    assertThat(store.edits().version(List.of("x/y/z"), NOON, NOON)).isZero();
  }

  @Test
  void attributions_givenTogether_eachReplaceTheirOwn() throws StoreUnavailableException {
    Attribution first = attribution(7, "t1");
    Attribution second = attribution(8, "t2");
    store.changes().found(List.of(first.change(), second.change()));
    store.changes().decided(List.of(first, second));
    Attribution again = attribution(8, "t3");
    Attribution third = attribution(9, "t4");
    store.changes().decided(List.of(first, attribution(8, "t5"), again, third));
    store.changes().decided(List.of());
    reopen();
    for (Attribution each : List.of(first, again, third)) {
      assertThat(store.changes().attribution(each.change().key())).contains(each);
    }
    assertThat(store.reports().summary(Filter.ALL).lines()).isEqualTo(3);
  }

  private static Attribution attribution(int number, String toolUseId) {
    return new Attribution(
        Given.pullRequest(number, "ann@acme.example", NOON),
        Attribution.State.FINAL,
        null,
        1,
        17,
        NOON.plusSeconds(number),
        true,
        List.of(new Verdict("src/A.java", 3, true, true, "exact", "s1", toolUseId, 0.0, null)));
  }

  @Test
  void changes_keepTheirVerdictsUntilTheirDiffIsAnother() throws StoreUnavailableException {
    Change change = Given.pullRequest(7, "ann@acme.example", NOON);
    store.changes().found(List.of(change));
    Verdict assisted = new Verdict("src/A.java", 3, true, true, "exact", "s1", "t1", 0.0, null);
    Verdict other = new Verdict("src/A.java", 4, true, false, null, null, null, 0.0, "no match");
    Attribution attribution =
        new Attribution(
            change,
            Attribution.State.PROVISIONAL,
            null,
            1,
            17,
            NOON.plusSeconds(60),
            true,
            List.of(assisted, other));
    store.changes().decided(List.of(attribution));
    reopen();
    assertThat(store.changes().attribution(change.key())).contains(attribution);
    assertThat(store.changes().ofRepository(REPOSITORY)).containsExactly(change);
    ChangeSummary summary = store.changes().summary(change.key()).orElseThrow();
    assertThat(summary.lines()).isEqualTo(2);
    assertThat(summary.linesWithClaudeCode()).isEqualTo(1);
    assertThat(summary.sessions()).isEqualTo(1);
    Summary sums = store.reports().summary(Filter.ALL);
    assertThat(sums.pullRequestsWithClaudeCode()).isEqualTo(1);
    assertThat(sums.lines()).isEqualTo(2);
    assertThat(sums.linesWithClaudeCode()).isEqualTo(1);

    Change renamed =
        new Change(
            REPOSITORY,
            7,
            "Better title",
            "ann",
            null,
            NOON,
            change.mergeCommit(),
            null,
            null,
            null);
    store.changes().found(List.of(renamed));
    assertThat(store.changes().attribution(change.key()).orElseThrow().change()).isEqualTo(renamed);

    Change moved =
        new Change(
            REPOSITORY, 7, "Better title", "ann", null, NOON, "othercommit", null, null, null);
    store.changes().found(List.of(moved));
    assertThat(store.changes().attribution(change.key())).isEmpty();
    assertThat(store.reports().summary(Filter.ALL).undecided()).isEqualTo(1);
  }

  @Test
  void list_pagesFromNewest() throws StoreUnavailableException {
    for (int number = 1; number <= 5; number++) {
      store
          .changes()
          .found(
              List.of(Given.pullRequest(number, "ann", NOON.plus(Duration.ofHours(number / 2)))));
    }
    Page<ChangeSummary> first = store.changes().list(Filter.ALL, true, 2, null);
    Page<ChangeSummary> second = store.changes().list(Filter.ALL, true, 2, first.next());
    Page<ChangeSummary> third = store.changes().list(Filter.ALL, true, 2, second.next());
    assertThat(first.items()).extracting(s -> s.change().number()).containsExactly(4, 5);
    assertThat(second.items()).extracting(s -> s.change().number()).containsExactly(2, 3);
    assertThat(third.items()).extracting(s -> s.change().number()).containsExactly(1);
    assertThat(third.next()).isNull();
  }

  @Test
  void found_aCommitThatIsAPullRequestsIsNoChangeOfItsOwn() throws StoreUnavailableException {
    Change pullRequest = Given.pullRequest(7, "ann", NOON);
    Change commit =
        new Change(
            REPOSITORY,
            null,
            "Change 7",
            "ann",
            null,
            NOON,
            pullRequest.mergeCommit(),
            null,
            null,
            null);
    store.changes().found(List.of(commit));
    assertThat(store.changes().ofRepository(REPOSITORY)).containsExactly(commit);
    store.changes().found(List.of(pullRequest));
    store.changes().found(List.of(commit));
    assertThat(store.changes().ofRepository(REPOSITORY)).containsExactly(pullRequest);
  }

  /** The laws of the join, through the store: order, repetition and grouping do not matter. */
  @Test
  void commit_anyOrderAndRepetitionGivesTheSameFacts() throws StoreUnavailableException {
    for (int seed = 0; seed < 4; seed++) {
      List<Observation> history = new Histories(seed).observations(60);
      List<Observation> other = new ArrayList<>(history);
      Random random = new Random(seed);
      Collections.shuffle(other, random);
      try (Store one = open(StoreOptions.in(directory.resolve("one" + seed)));
          Store two = open(StoreOptions.in(directory.resolve("two" + seed)))) {
        one.commit(history);
        int at = 0;
        while (at < other.size()) {
          int to = Math.min(other.size(), at + 1 + random.nextInt(10));
          two.commit(other.subList(at, to));
          at = to;
        }
        assertThat(picture(two)).isEqualTo(picture(one));
        long changed = two.health().changedFacts();
        two.commit(history);
        assertThat(picture(two)).isEqualTo(picture(one));
        assertThat(two.health().changedFacts()).isEqualTo(changed);
      }
    }
  }

  /** Everything that a reader can see of the facts. */
  private static List<Object> picture(Store store) {
    List<Object> picture = new ArrayList<>();
    Reports reports = store.reports();
    picture.add(reports.summary(Filter.ALL));
    picture.add(reports.adoption(Filter.ALL));
    picture.add(reports.spend(Filter.ALL));
    picture.add(reports.team(YearMonth.of(2026, 11)));
    picture.add(reports.coverage());
    for (int day = 10; day < 12; day++) {
      picture.add(reports.analytics(LocalDate.of(2026, 11, day)));
    }
    reports.contributions(Filter.ALL, picture::add);
    reports.spendRows(Filter.ALL, picture::add);
    picture.add(
        store.edits().byId(List.of("t0", "t1", "t2", "t3")).stream()
            .sorted(Comparator.comparing(EditFact::toolUseId))
            .toList());
    picture.add(store.edits().repositories());
    return picture;
  }

  @Test
  void commit_fromManyThreadsAtOnce() throws Exception {
    int threads = 8;
    int each = 25;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<?>> done = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int first = thread * each;
      done.add(
          pool.submit(
              () -> {
                for (int i = first; i < first + each; i++) {
                  store.commit(
                      List.of(
                          Given.edit("t" + i, "s" + i % 3, "src/A.java", "line number " + i),
                          Given.decision(
                              Source.EVENT, "t" + i, "s" + i % 3, Outcome.ACCEPTED, "config"),
                          Given.usage(Source.EVENT, null, "shared", "s0", i, "0.5")));
                }
                return null;
              }));
    }
    for (Future<?> future : done) {
      future.get();
    }
    pool.shutdown();
    Summary summary = store.reports().summary(Filter.ALL);
    assertThat(summary.accepted()).isEqualTo((long) threads * each);
    assertThat(summary.linesAccepted()).isEqualTo((long) threads * each);
    assertThat(summary.tokens().output()).isEqualTo(threads * each - 1);
    assertThat(summary.spendUsd()).isEqualTo(new BigDecimal("0.5"));
  }
}
