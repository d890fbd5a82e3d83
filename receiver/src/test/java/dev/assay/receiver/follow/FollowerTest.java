package dev.assay.receiver.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.proto.signature.Keyring;
import dev.assay.proto.signature.SigningKey;
import dev.assay.proto.v1.EditLines;
import dev.assay.receiver.attribution.Rules;
import dev.assay.receiver.forge.GitException;
import dev.assay.receiver.forge.PullList;
import dev.assay.receiver.forge.Workbench;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Attribution.State;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.Survival;
import dev.assay.store.fact.Verdict;
import dev.assay.store.report.ChangeSummary;
import dev.assay.store.report.Filter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real git, the real store, the real rules; only the clock is the test's. */
class FollowerTest {
  private static final String NAME = Written.REPOSITORY;
  private static final String ONE = "def parse(tokens, grammar):";
  private static final String TWO = "    return grammar.reduce(tokens)";

  @TempDir Path folder;
  private Store store;
  private Workbench bench;
  private final TestClock clock = new TestClock();
  private final List<Path> directories = new ArrayList<>();
  private Rounds rounds;

  @BeforeEach
  void open() throws Exception {
    store = Stores.open(StoreOptions.in(folder.resolve("data")).withFsync(false));
    bench = Workbench.create(folder.resolve("api"));
    bench.git("remote", "add", "origin", "https://github.com/acme/api.git");
    bench.write("README", "nothing\n").commit("Start");
    directories.add(bench.root());
    rounds = rounds();
    clock.now = bench.now().plus(Duration.ofHours(12));
  }

  private Rounds rounds() {
    return new Rounds(
        store, () -> List.copyOf(directories), Rules.standard(), FollowOptions.standard(), clock);
  }

  @AfterEach
  void close() {
    rounds.close();
    store.close();
  }

  private void edit(String id, Instant time, String path, String... lines) throws Exception {
    store.commit(List.of(Written.edit(id, time, path, lines.length, Written.lines(lines))));
  }

  private void pullRequest(int number, String path, String... lines) throws Exception {
    bench.as("bob").branch("topic" + number, path, String.join("\n", lines) + "\n");
    bench.as("ann").merge("topic" + number, "Merge pull request #" + number + " from acme/t\n\nT");
  }

  private Attribution of(String key) {
    return store.changes().attribution(key).orElseThrow();
  }

  private List<ChangeSummary> all() {
    return store.changes().list(Filter.ALL, false, 100, null).items();
  }

  private void settle() throws Exception {
    int left = 100;
    while (rounds.round() && left-- > 0) {}
    assertThat(left).isPositive();
  }

  @Test
  void signedLines_withoutTheirKey_leaveThePullRequestUndecided(@TempDir Path folder)
      throws Exception {
    Keyring.make(folder.resolve("one.key"));
    Keyring.make(folder.resolve("two.key"));
    Keyring one = Keyring.read(folder.resolve("one.key"), null);
    Keyring two = Keyring.read(folder.resolve("two.key"), null);
    String id = SigningKey.shown(one.first().id());
    EditLines signed = one.first().sign(Written.lines(ONE, TWO), false);
    store.commit(List.of(Written.edit("t-1", bench.now(), "parse.py", 2, signed)));
    pullRequest(7, "parse.py", ONE, TWO, "# checked by hand, twice");
    pullRequest(8, "other.py", "# nobody's business");

    settle();
    assertThat(of(NAME + "#7").state()).isEqualTo(State.UNDECIDED);
    assertThat(of(NAME + "#7").undecidedReason()).contains(id).contains("no key file");
    assertThat(of(NAME + "#7").verdicts()).isEmpty();
    assertThat(of(NAME + "#8").state()).isEqualTo(State.PROVISIONAL);

    restart(two);
    assertThat(of(NAME + "#7").undecidedReason()).contains(id).contains("not in the key file");

    restart(one);
    assertThat(of(NAME + "#7").state()).isEqualTo(State.PROVISIONAL);
    assertThat(of(NAME + "#7").verdicts())
        .extracting(Verdict::assisted)
        .containsExactly(true, true, false);
  }

  /** The server again, with a key file, when what was undecided is due. */
  private void restart(Keyring keyring) throws Exception {
    rounds.close();
    clock.now = clock.now.plus(Duration.ofMinutes(11));
    rounds =
        new Rounds(
            store,
            () -> List.copyOf(directories),
            Rules.standard(),
            FollowOptions.standard().withKeyring(keyring),
            clock);
    settle();
  }

  /** How long the oldest change waits that was never judged; what is judged again is not meant. */
  @Test
  void lag_isThatOfTheOldestChangeWithoutVerdict() throws Exception {
    pullRequest(7, "parse.py", ONE, TWO);
    pullRequest(8, "other.py", ONE, TWO);
    rounds.stop(); // what was found is not judged
    rounds.round();
    Instant oldest =
        all().stream()
            .map(item -> item.change().mergedAt())
            .min(Comparator.naturalOrder())
            .orElseThrow();
    assertThat(rounds.progress().done()).isZero();
    assertThat(rounds.progress().oldestUnjudged()).isEqualTo(oldest);

    rounds.close();
    rounds = rounds();
    settle();
    assertThat(rounds.progress().oldestUnjudged()).isNull();
  }

  @Test
  void mergedPullRequest_isAttributed() throws Exception {
    edit("t-1", bench.now(), "parse.py", ONE, TWO);
    pullRequest(7, "parse.py", ONE, TWO, "# checked by hand, twice");
    settle();
    Attribution made = of(NAME + "#7");
    assertThat(made.state()).isEqualTo(State.PROVISIONAL);
    assertThat(made.tagged()).isTrue();
    assertThat(made.change().author()).isEqualTo("bob");
    assertThat(made.verdicts())
        .extracting(Verdict::line, Verdict::assisted, Verdict::strategy, Verdict::toolUseId)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, true, "exact", "t-1"),
            org.assertj.core.groups.Tuple.tuple(2, true, "exact", "t-1"),
            org.assertj.core.groups.Tuple.tuple(3, false, null, null));
    assertThat(rounds.progress().done()).isEqualTo(2);
    assertThat(rounds.progress().total()).isEqualTo(2);
    assertThat(rounds.progress().busy()).isFalse();
    assertThat(rounds.progress().repositories().get(0))
        .isEqualTo(
            new FollowProgress.Followed(
                bench.root().toString(), NAME, "refs/heads/main", 2, 1, false, null));
  }

  @Test
  void newMerge_isFound() throws Exception {
    settle();
    assertThat(all()).hasSize(1);
    pullRequest(8, "b.py", ONE);
    clock.forward(Duration.ofSeconds(3));
    settle();
    assertThat(of(NAME + "#8").state()).isEqualTo(State.PROVISIONAL);
  }

  @Test
  void laterTelemetry_isAttributedAgain_andNothingElse() throws Exception {
    pullRequest(7, "parse.py", ONE, TWO);
    bench.write("other.py", "x = compute(y)\n").commit("Other (#9)");
    settle();
    Instant first = of(NAME + "#9").decidedAt();
    assertThat(of(NAME + "#7").tagged()).isFalse();
    clock.forward(Duration.ofMinutes(1));
    edit("t-1", bench.now(), "parse.py", ONE, TWO);
    settle();
    assertThat(of(NAME + "#7").tagged()).isTrue();
    Instant second = of(NAME + "#9").decidedAt();
    assertThat(second).as("the same window").isAfter(first);
    clock.forward(Duration.ofMinutes(1));
    edit("t-2", bench.now().plus(Duration.ofDays(30)), "parse.py", ONE, TWO);
    settle();
    assertThat(of(NAME + "#7").decidedAt()).as("outside of the window").isEqualTo(second);
  }

  @Test
  void restart_makesNothingAgain_thatStillHolds() throws Exception {
    edit("t-1", bench.now(), "parse.py", ONE, TWO);
    pullRequest(7, "parse.py", ONE, TWO);
    settle();
    Instant first = of(NAME + "#7").decidedAt();
    clock.forward(Duration.ofHours(1));
    rounds.close();
    rounds = rounds();
    settle();
    assertThat(of(NAME + "#7").decidedAt()).isEqualTo(first);
    clock.forward(Duration.ofMinutes(1));
    edit("t-2", bench.now(), "parse.py", "import parser_of_tables");
    rounds.close();
    rounds = rounds();
    settle();
    assertThat(of(NAME + "#7").decidedAt()).isEqualTo(clock.now);
  }

  @Test
  void verdict_becomesFinal_fourteenDaysAfterItsWindow() throws Exception {
    pullRequest(7, "parse.py", ONE, TWO);
    settle();
    clock.now = bench.now().plus(Duration.ofDays(16)).minusSeconds(1);
    settle();
    assertThat(of(NAME + "#7").state()).isEqualTo(State.PROVISIONAL);
    clock.now = bench.now().plus(Duration.ofDays(16));
    settle();
    assertThat(of(NAME + "#7").state()).isEqualTo(State.FINAL);
    edit("late", bench.now(), "parse.py", ONE, TWO);
    clock.forward(Duration.ofMinutes(1));
    settle();
    assertThat(of(NAME + "#7").tagged()).as("later telemetry reopens it").isTrue();
    assertThat(of(NAME + "#7").state()).isEqualTo(State.FINAL);
  }

  /** A server's clock that was wrong for a while: nothing waits until it would be right again. */
  @Test
  void clock_thatWasSetForwardAndBack_letsNothingWait() throws Exception {
    Instant right = clock.now;
    pullRequest(7, "parse.py", ONE, TWO);
    clock.now = right.plus(Duration.ofDays(400));
    settle();
    assertThat(of(NAME + "#7").tagged()).isFalse();
    assertThat(of(NAME + "#7").decidedAt()).isEqualTo(clock.now);

    clock.now = right.plus(Duration.ofMinutes(1));
    edit("late", bench.now(), "parse.py", ONE, TWO);
    settle();
    assertThat(of(NAME + "#7").tagged()).as("judged anew, by its late edit").isTrue();
    pullRequest(8, "other.py", ONE, TWO);
    settle();
    assertThat(of(NAME + "#8").state()).isEqualTo(State.PROVISIONAL);
    assertThat(rounds.progress().busy()).isFalse();
  }

  @Test
  void linesOfPullRequestsThatStillStand_areCounted_whenTheirTimeHasCome() throws Exception {
    edit("t-1", bench.now(), "parse.py", ONE, TWO);
    pullRequest(7, "parse.py", ONE, TWO, "# checked by hand, twice");
    Instant merged = bench.now();
    bench.write("parse.py", TWO + "\n").commit("Later");
    settle();
    assertThat(store.changes().survivals(NAME)).isEmpty();
    clock.now = merged.plus(Duration.ofDays(7));
    settle();
    assertThat(store.changes().survivals(NAME))
        .as("of the pull request, not of commits that came without one")
        .extracting(Survival::changeKey, Survival::days, Survival::claude, Survival::other)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                NAME + "#7", 7, new Survival.Count(2, 1), new Survival.Count(1, 0)));
  }

  @Test
  void shallowClone_isUndecided_untilItsHistoryIsThere() throws Exception {
    pullRequest(7, "parse.py", ONE, TWO);
    Path shallow = folder.resolve("shallow");
    bench.git("clone", "-q", "--depth=1", "file://" + bench.root(), shallow.toString());
    Workbench clone = Workbench.at(shallow);
    clone.git("remote", "set-url", "origin", "https://github.com/acme/api");
    directories.set(0, shallow);
    settle();
    assertThat(of(NAME + "#7").state()).isEqualTo(State.UNDECIDED);
    assertThat(of(NAME + "#7").undecidedReason()).contains("git fetch --unshallow");
    assertThat(rounds.progress().undecided()).isEqualTo(1);
    assertThat(rounds.progress().repositories().get(0).problem()).contains("shallow clone");
    clone.git("fetch", "-q", "--unshallow", "file://" + bench.root());
    clock.forward(Duration.ofSeconds(3));
    settle();
    assertThat(of(NAME + "#7").state()).isEqualTo(State.PROVISIONAL);
    assertThat(rounds.progress().repositories().get(0).problem()).isNull();
  }

  @Test
  void whatCannotBeRead_isTold_andLosesNothingElse() throws Exception {
    Workbench empty = Workbench.create(folder.resolve("empty"));
    Path plain = Files.createDirectory(folder.resolve("plain"));
    directories.addAll(List.of(empty.root(), plain, folder.resolve("absent")));
    settle();
    assertThat(all()).hasSize(1);
    assertThat(rounds.progress().repositories())
        .extracting(FollowProgress.Followed::problem)
        .containsExactlyInAnyOrder(
            null,
            empty.root() + " has no commits yet on a default branch",
            folder.resolve("absent") + " is not a folder",
            plain
                + " is not a git repository: git rev-parse: not a git repository (or any of the"
                + " parent directories): .git");
  }

  @Test
  void twoClonesAndAWorktree_areOneRepository() throws Exception {
    pullRequest(7, "parse.py", ONE, TWO);
    bench.git("worktree", "add", "-q", "-b", "side", folder.resolve("side").toString());
    bench.git("clone", "-q", bench.root().toString(), folder.resolve("clone").toString());
    Workbench.at(folder.resolve("clone"))
        .git("remote", "set-url", "origin", "git@github.com:acme/api.git");
    directories.addAll(List.of(folder.resolve("side"), folder.resolve("clone")));
    settle();
    assertThat(all()).hasSize(2);
    assertThat(rounds.progress().repositories()).hasSize(2);
  }

  @Test
  void forkThatWasFollowedToo_doesNotCountItsBaseAgain() throws Exception {
    pullRequest(7, "parse.py", ONE, TWO);
    bench.git("clone", "-q", bench.root().toString(), folder.resolve("fork").toString());
    Workbench.at(folder.resolve("fork"))
        .git("remote", "set-url", "origin", "https://github.com/bob/api");
    directories.add(folder.resolve("fork"));
    settle();
    assertThat(all()).extracting(summary -> summary.change().repository()).containsOnly(NAME);
  }

  @Test
  void diffAndFile_areReadFromWhoHasTheChange() throws Exception {
    pullRequest(7, "parse.py", ONE, TWO);
    Change change;
    try (Follower follower =
        new Follower(
            store,
            () -> List.copyOf(directories),
            Rules.standard(),
            FollowOptions.standard(),
            clock)) {
      follower.start();
      assertThatThrownBy(follower::start).isInstanceOf(IllegalStateException.class);
      for (int i = 0; i < 1_500 && follower.progress().done() < 2; i++) {
        Thread.sleep(20);
      }
      assertThat(follower.progress().done()).as(follower.progress().toString()).isEqualTo(2);
      change = of(NAME + "#7").change();
      assertThat(follower.diff(change).orElseThrow().files()).hasSize(1);
      assertThat(follower.fileAfter(change, "parse.py")).contains(List.of(ONE, TWO));
      Change other =
          new Change(NAME, 9, "", null, null, Instant.EPOCH, "1".repeat(40), null, null, null);
      assertThat(follower.diff(other)).isEmpty();
    }
  }

  @Test
  void attributeOnce_isTheSamePath() throws Exception {
    edit("t-1", bench.now(), "parse.py", ONE, TWO);
    pullRequest(7, "parse.py", ONE, TWO);
    List<Attribution> made = new ArrayList<>();
    List<FollowProgress> told = new ArrayList<>();
    FollowProgress end =
        Follower.attributeOnce(
            store,
            bench.root(),
            null,
            Rules.standard(),
            FollowOptions.standard(),
            clock,
            made::add,
            told::add);
    assertThat(made).extracting(a -> a.change().number()).containsExactly(null, 7);
    assertThat(made.get(1).tagged()).isTrue();
    assertThat(told).extracting(FollowProgress::done).containsExactly(0L, 1L);
    assertThat(end.done()).isEqualTo(2);
    assertThat(of(NAME + "#7")).isEqualTo(made.get(1));
  }

  @Test
  void attributeOnce_takesAList_withoutHost() throws Exception {
    edit("t-1", bench.now(), "parse.py", ONE, TWO);
    bench.write("parse.py", ONE + "\n" + TWO + "\n");
    String merge = bench.commit("Without a number");
    bench.git("remote", "set-url", "origin", folder.resolve("mirror").toString());
    Path list =
        Files.writeString(
            folder.resolve("pulls.json"),
            "[{\"number\": 5, \"merge_commit\": \"" + merge + "\", \"repo\": \"Acme/api\"}]");
    List<Attribution> made = new ArrayList<>();
    Follower.attributeOnce(
        store,
        bench.root(),
        PullList.read(list),
        Rules.standard(),
        FollowOptions.standard(),
        clock,
        made::add,
        progress -> {});
    assertThat(made).hasSize(1);
    assertThat(made.get(0).change().key()).isEqualTo(NAME + "#5");
    assertThat(made.get(0).tagged()).isTrue();
  }

  @Test
  void attributeOnce_saysWhatItCannotRead() {
    assertThatThrownBy(
            () ->
                Follower.attributeOnce(
                    store,
                    folder.resolve("absent"),
                    null,
                    Rules.standard(),
                    FollowOptions.standard(),
                    clock,
                    made -> {},
                    progress -> {}))
        .isInstanceOf(GitException.class)
        .hasMessage(folder.resolve("absent") + " is not a folder");
  }
}
