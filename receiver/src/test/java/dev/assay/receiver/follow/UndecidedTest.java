package dev.assay.receiver.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.proto.v1.EditLines;
import dev.assay.receiver.attribution.Rules;
import dev.assay.receiver.forge.PullList;
import dev.assay.receiver.forge.Workbench;
import dev.assay.store.Edits;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Attribution.State;
import dev.assay.store.report.ChangeSummary;
import dev.assay.store.report.Filter;
import dev.assay.store.report.Summary;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What cannot be judged is undecided, with the reason; counts nowhere; and is judged when the cause
 * has gone.
 */
class UndecidedTest {
  private static final String NAME = Written.REPOSITORY;
  private static final String ONE = "def parse(tokens, grammar):";
  private static final String TWO = "    return grammar.reduce(tokens)";

  @TempDir Path folder;
  private Store store;
  private Workbench bench;
  private final TestClock clock = new TestClock();
  private Rounds rounds;

  @BeforeEach
  void open() throws Exception {
    store = Stores.open(StoreOptions.in(folder.resolve("data")).withFsync(false));
    bench = Workbench.create(folder.resolve("api"));
    bench.git("config", "core.looseCompression", "0");
    bench.git("remote", "add", "origin", "https://github.com/acme/api.git");
    bench.write("README", "nothing\n").commit("Start");
    rounds = rounds();
    clock.now = bench.now().plus(Duration.ofHours(12));
  }

  @AfterEach
  void close() {
    rounds.close();
    store.close();
  }

  private Rounds rounds() {
    return new Rounds(
        store, () -> List.of(bench.root()), Rules.standard(), FollowOptions.standard(), clock);
  }

  private void edit(String id, Instant time, int counted, @Nullable EditLines lines)
      throws Exception {
    store.commit(List.of(Written.edit(id, time, "parse.py", counted, lines)));
  }

  private void settle() throws Exception {
    int left = 100;
    while (rounds.round() && left-- > 0) {}
    assertThat(left).isPositive();
  }

  private Attribution seven() {
    return store.changes().attribution(NAME + "#7").orElseThrow();
  }

  private void pullRequest() throws Exception {
    bench.branch("topic", "parse.py", ONE + "\n" + TWO + "\n");
    bench.merge("topic", "Merge pull request #7 from acme/topic");
  }

  /** Undecided, and in no figure but the number of undecided ones. */
  private void assertUndecided(String reason) {
    assertThat(seven().state()).isEqualTo(State.UNDECIDED);
    assertThat(seven().undecidedReason()).contains(reason);
    assertThat(seven().verdicts()).isEmpty();
    Summary summary = store.reports().summary(Filter.ALL);
    assertThat(summary.pullRequests()).isEqualTo(1);
    assertThat(summary.undecided()).isEqualTo(1);
    assertThat(summary.lines()).isZero();
    ChangeSummary listed =
        store.changes().list(Filter.ALL, false, 100, null).items().stream()
            .filter(item -> item.change().number() != null)
            .findFirst()
            .orElseThrow();
    assertThat(listed.undecidedReason()).isEqualTo(seven().undecidedReason());
    assertThat(rounds.progress().undecided()).isPositive();
  }

  private void assertDecided() {
    assertThat(seven().state())
        .as(String.valueOf(seven().undecidedReason()))
        .isEqualTo(State.PROVISIONAL);
    assertThat(seven().verdicts()).hasSize(2);
    assertThat(store.reports().summary(Filter.ALL).undecided()).isZero();
  }

  private Path object(String name) throws Exception {
    String id = bench.git("rev-parse", name);
    return bench
        .root()
        .resolve(".git/objects")
        .resolve(id.substring(0, 2))
        .resolve(id.substring(2));
  }

  @Test
  void damagedObject_isUndecided_untilItIsWhole_andTenMinutesWent() throws Exception {
    pullRequest();
    Path blob = object("main:parse.py");
    byte[] whole = Files.readAllBytes(blob);
    Files.delete(blob);
    Files.writeString(blob, "what a bad disk gives");
    settle();
    assertUndecided("git ");
    Files.delete(blob);
    Files.write(blob, whole);
    clock.forward(Duration.ofMinutes(9));
    settle();
    assertUndecided("git ");
    clock.forward(Duration.ofMinutes(1));
    settle();
    assertDecided();
  }

  @Test
  void missingContent_isUndecided_untilAReferenceChanges() throws Exception {
    pullRequest();
    Path blob = object("main:parse.py");
    byte[] whole = Files.readAllBytes(blob);
    Files.delete(blob);
    settle();
    assertUndecided(bench.git("rev-parse", "main:parse.py"));
    Files.write(blob, whole);
    bench.write("other.md", "Something else.\n").commit("Something else");
    clock.forward(Duration.ofSeconds(3));
    settle();
    assertDecided();
  }

  @Test
  void missingBase_isUndecided_untilItIsFetched() throws Exception {
    pullRequest();
    Path base = object("main~1");
    byte[] whole = Files.readAllBytes(base);
    settle();
    assertDecided();
    edit("t-1", bench.now(), 2, Written.lines(ONE, TWO));
    Files.delete(base);
    clock.forward(Duration.ofMinutes(1));
    settle();
    assertUndecided("base commit " + bench.git("rev-parse", "main^1") + " is not in ");
    Files.write(base, whole);
    clock.forward(Duration.ofMinutes(10));
    settle();
    assertDecided();
    assertThat(seven().tagged()).isTrue();
  }

  @Test
  void diffThatCannotBeRead_isUndecided() throws Exception {
    bench.git("checkout", "-q", "-b", "topic");
    bench.write("parse.py", "x\n".repeat(1_000_001));
    bench.commit("Very much");
    bench.git("checkout", "-q", "main");
    bench.merge("topic", "Merge pull request #7 from acme/topic");
    settle();
    assertUndecided("the change has more than 1000000 changed lines");
  }

  @Test
  void newEdits_tryItAgain() throws Exception {
    pullRequest();
    Path blob = object("main:parse.py");
    byte[] whole = Files.readAllBytes(blob);
    Files.delete(blob);
    settle();
    assertUndecided("");
    Files.write(blob, whole);
    edit("t-1", bench.now(), 2, Written.lines(ONE, TWO));
    clock.forward(Duration.ofMinutes(1));
    settle();
    assertDecided();
  }

  @Test
  void restart_keepsTheReason_andTriesAgain() throws Exception {
    pullRequest();
    Path blob = object("main:parse.py");
    byte[] whole = Files.readAllBytes(blob);
    Files.delete(blob);
    settle();
    rounds.close();
    rounds = rounds();
    settle();
    assertUndecided(bench.git("rev-parse", "main:parse.py"));
    Files.write(blob, whole);
    rounds.close();
    rounds = rounds();
    clock.forward(Duration.ofSeconds(3));
    settle();
    assertDecided();
  }

  @Test
  void expiredLines_areUndecided_andDoNotComeBack() throws Exception {
    pullRequest();
    edit("t-1", bench.now().minus(Duration.ofDays(1)), 2, null);
    clock.now = bench.now().plus(Duration.ofDays(119)).plus(Duration.ofDays(1));
    settle();
    assertUndecided("lines expired");
    Instant decided = seven().decidedAt();
    clock.forward(Duration.ofDays(1));
    settle();
    assertThat(seven().decidedAt()).isEqualTo(decided);
  }

  @Test
  void aChangeWhoseEditsMayBeGone_isNotJudgedAnew() throws Exception {
    Instant[] keptFrom = {Instant.EPOCH};
    rounds.close();
    rounds =
        new Rounds(
            keeping(keptFrom),
            () -> List.of(bench.root()),
            Rules.standard(),
            FollowOptions.standard(),
            clock);
    pullRequest();
    settle();
    assertDecided();
    Instant window = seven().change().mergedAt().minus(Duration.ofDays(21));
    keptFrom[0] = window;
    Instant first = seven().decidedAt();
    comesAnEdit("t-1");
    assertDecided();
    Instant second = seven().decidedAt();
    assertThat(second).isAfter(first);
    keptFrom[0] = window.plusMillis(1);
    comesAnEdit("t-2");
    assertDecided();
    assertThat(seven().decidedAt()).isEqualTo(second);
  }

  @Test
  void aChangeThatIsFoundWhenItsEditsMayBeGone_isUndecided() throws Exception {
    rounds.close();
    rounds =
        new Rounds(
            keeping(new Instant[] {bench.now().minus(Duration.ofDays(20))}),
            () -> List.of(bench.root()),
            Rules.standard(),
            FollowOptions.standard(),
            clock);
    pullRequest();
    settle();
    assertUndecided("lines expired");
  }

  private void comesAnEdit(String id) throws Exception {
    edit(id, bench.now().minus(Duration.ofDays(1)), 2, Written.lines(ONE, TWO));
    clock.forward(Duration.ofMinutes(1));
    settle();
  }

  /** The store, as if it kept edits from a time on. */
  private Store keeping(Instant[] from) {
    Edits edits =
        instead(Edits.class, store.edits(), method -> method.equals("keptFrom") ? from[0] : null);
    return instead(Store.class, store, method -> method.equals("edits") ? edits : null);
  }

  private static <T> T instead(Class<T> type, T real, Function<String, @Nullable Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object answer = answers.apply(method.getName());
              return answer == null ? method.invoke(real, arguments) : answer;
            }));
  }

  @Test
  void linesThatWereNeverThere_doNotExpire() throws Exception {
    pullRequest();
    edit("t-1", bench.now().minus(Duration.ofDays(1)), 2, null);
    settle();
    assertDecided();
    assertThat(seven().verdicts()).allMatch(verdict -> "lines-unknown".equals(verdict.reason()));
  }

  private Attribution listed(String pulls) throws Exception {
    List<Attribution> made = new ArrayList<>();
    Follower.attributeOnce(
        store,
        bench.root(),
        PullList.read(Files.writeString(folder.resolve("pulls.json"), pulls)),
        Rules.standard(),
        FollowOptions.standard(),
        clock,
        made::add,
        progress -> {});
    assertThat(made).hasSize(1);
    return made.get(0);
  }

  @Test
  void unknownRepository_isUndecided() throws Exception {
    Attribution made =
        listed(
            "[{\"number\": 3, \"merge_commit\": \""
                + "1".repeat(40)
                + "\", \"merged_at\": \"2026-01-02T03:04:05Z\", \"repo\": \"acme/other\"}]");
    assertThat(made.change().key()).isEqualTo("github.com/acme/other#3");
    assertThat(made.state()).isEqualTo(State.UNDECIDED);
    assertThat(made.undecidedReason())
        .isEqualTo(
            "repository github.com/acme/other is not known here: "
                + bench.root().resolve(".git")
                + " is "
                + NAME);
  }

  @Test
  void mergeCommitThatIsNotHere_isUndecided_untilItIsFetched() throws Exception {
    Workbench origin = Workbench.at(folder.resolve("clone"));
    bench.git("clone", "-q", bench.root().toString(), origin.root().toString());
    origin.write("parse.py", ONE + "\n" + TWO + "\n");
    String merge = origin.commit("The work");
    String pulls =
        "[{\"number\": 7, \"merge_commit\": \""
            + merge
            + "\", \"merged_at\": \"2026-01-02T03:04:05Z\"}]";
    Attribution made = listed(pulls);
    assertThat(made.state()).isEqualTo(State.UNDECIDED);
    assertThat(made.undecidedReason()).startsWith("merge commit " + merge + " is not in ");
    bench.git("fetch", "-q", origin.root().toString(), "main:refs/heads/work");
    made = listed(pulls);
    assertThat(made.verdicts()).as(String.valueOf(made.undecidedReason())).hasSize(2);
  }
}
