package dev.assay.receiver.survival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receiver.forge.GitRepository;
import dev.assay.receiver.forge.Merged;
import dev.assay.receiver.forge.Workbench;
import dev.assay.receiver.survival.Survivors.Judged;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Attribution.State;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.Survival;
import dev.assay.store.fact.Survival.Count;
import dev.assay.store.fact.Verdict;
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

/** Real repositories whose histories are known, in a real store; only the clock is the test's. */
class SurvivorsTest {
  private static final String FILE = "src/parse.py";

  @TempDir Path folder;
  private Store store;
  private Workbench bench;
  private GitRepository git;
  private Survivors survivors;
  private Change change;
  private Judged judged;
  private long revision;

  @BeforeEach
  void open() throws Exception {
    store = Stores.open(StoreOptions.in(folder.resolve("data")).withFsync(false));
    bench = Workbench.create(folder.resolve("api"));
    bench.write("README", "nothing\n").commit("Start");
    bench
        .write(FILE, "claude one\nclaude two\nclaude three\nann one\nann two\n")
        .commit("Parse (#1)");
    git = GitRepository.open(bench.root());
    survivors = new Survivors(git, store.changes());
    change = pullRequest();
    judged = decide(change, 3, 2);
  }

  @AfterEach
  void close() {
    git.close();
    store.close();
  }

  private Change pullRequest() throws Exception {
    return git.merged().changes().stream()
        .filter(each -> each.number() != null)
        .findFirst()
        .orElseThrow();
  }

  /** The first lines of the file are Claude Code's, the next ones are not. */
  private Judged decide(Change of, int claude, int other) throws Exception {
    List<Verdict> verdicts = new ArrayList<>();
    for (int line = 1; line <= claude + other; line++) {
      boolean with = line <= claude;
      verdicts.add(
          new Verdict(
              FILE,
              line,
              true,
              with,
              with ? "exact" : null,
              with ? "s" : null,
              with ? "t" : null,
              0,
              with ? null : "no-candidate"));
    }
    verdicts.add(new Verdict(FILE, 99, false, false, null, null, null, 0, "trivial"));
    Instant now = Instant.parse("2026-01-02T00:00:00.123456Z").plusSeconds(revision++);
    store
        .changes()
        .decided(List.of(new Attribution(of, State.FINAL, null, 1, 1, now, true, verdicts)));
    return new Judged(of, now);
  }

  /** As many days after the merge the next commit is made. */
  private void day(int days) throws Exception {
    bench.waitUntil(change.mergedAt().plus(Duration.ofDays(days)));
  }

  private List<Survival> after(int days) throws Exception {
    Merged merged = git.merged();
    Instant now = change.mergedAt().plus(Duration.ofDays(days));
    assertThat(survivors.count(List.of(judged), revision, merged.tip(), now, () -> false))
        .isFalse();
    List<Survival> all = new ArrayList<>(store.changes().survivals(change.repository()));
    all.sort(Comparator.comparing(Survival::days));
    return all;
  }

  private void stands(int days, int horizons, long... standing) throws Exception {
    List<Survival> all = after(days);
    assertThat(all).hasSize(horizons);
    List<Long> got = new ArrayList<>();
    for (Survival each : all) {
      assertThat(each.unknown()).isNull();
      assertThat(each.claude().lines()).isEqualTo(3);
      assertThat(each.other().lines()).isEqualTo(2);
      got.add(each.claude().standing());
      got.add(each.other().standing());
    }
    List<Long> wanted = new ArrayList<>();
    for (long each : standing) {
      wanted.add(each);
    }
    assertThat(got).isEqualTo(wanted);
  }

  @Test
  void nothingIsCounted_beforeItsTime() throws Exception {
    Instant seven = change.mergedAt().plus(Duration.ofDays(7));
    String tip = git.merged().tip();
    survivors.count(List.of(judged), revision, tip, seven.minusSeconds(1), () -> false);
    assertThat(store.changes().survivals(change.repository())).isEmpty();
    survivors.count(List.of(judged), revision, tip, seven, () -> false);
    assertThat(store.changes().survivals(change.repository())).hasSize(1);
    stands(29, 1, 3, 2);
    stands(30, 2, 3, 2, 3, 2);
    stands(90, 3, 3, 2, 3, 2, 3, 2);
  }

  @Test
  void editedAtDayFive_deletedAtDayTwenty_movedAtDayForty() throws Exception {
    day(5);
    bench
        .write(FILE, "claude one, edited\nclaude two\nclaude three\nann one\nann two\n")
        .commit("Edit");
    day(20);
    bench.write(FILE, "claude one, edited\nclaude three\nann one\nann two\n").commit("Delete");
    day(40);
    bench.write(FILE, "ann two\nann one\nclaude one, edited\nclaude three\n").commit("Move");
    day(91);
    bench.write(FILE, "all is gone\n").commit("After the last look");
    stands(200, 3, 2, 2, 1, 2, 1, 2);
  }

  @Test
  void indentedLine_isAnotherText_andADoubleProvesNothingForTwo() throws Exception {
    day(1);
    bench
        .write(FILE, "  claude one\nclaude two\nann one\nann two\nclaude two\n")
        .commit("Indent one, drop three, write two again");
    stands(8, 1, 1, 2);
  }

  @Test
  void renamedFile_keepsItsLines_alsoWhereItsOldNameIsTakenAgain() throws Exception {
    day(2);
    bench.git("mv", FILE, "src/read me.py");
    bench.commit("Rename");
    day(10);
    bench.write(FILE, "quite another file\n").write("x", "x\n").commit("Take the old name");
    day(20);
    bench.git("mv", "src/read me.py", "lib.py");
    bench.write("lib.py", "claude one\nclaude three\nann one\nann two, edited\n");
    bench.commit("Rename again, and edit");
    day(60);
    bench.git("rm", "-q", "lib.py");
    bench.commit("Delete");
    stands(90, 3, 3, 2, 2, 1, 0, 0);
  }

  @Test
  void revert_takesTheLines_andItsRevertBringsThemBack() throws Exception {
    String merge = change.mergeCommit();
    day(3);
    String reverted = bench.committed("revert", "--no-edit", merge);
    day(15);
    bench.committed("revert", "--no-edit", reverted);
    stands(30, 2, 0, 0, 3, 2);
  }

  @Test
  void deletedFile_hasNoLines() throws Exception {
    day(20);
    bench.git("rm", "-q", FILE);
    bench.commit("Delete");
    stands(30, 2, 3, 2, 0, 0);
  }

  @Test
  void fileThatBecameBinary_hasNoLines() throws Exception {
    day(1);
    bench.write(FILE, new byte[] {0, 1, 2, 0}).commit("Binary");
    stands(7, 1, 0, 0);
  }

  @Test
  void branchThatIsNotMerged_changesNothing() throws Exception {
    day(1);
    bench.branch("topic", FILE, "all other\n");
    stands(7, 1, 3, 2);
    day(9);
    bench.merge("topic", "Merge pull request #2 from acme/topic");
    stands(30, 2, 3, 2, 0, 0);
  }

  @Test
  void commitsThatWereFetchedLater_areCountedAgain() throws Exception {
    stands(30, 2, 3, 2, 3, 2);
    day(6);
    bench.write(FILE, "claude one\n").commit("Made on day 6, seen on day 31");
    stands(31, 2, 1, 0, 1, 0);
    day(40);
    bench.write(FILE, "\n").commit("After both");
    stands(45, 2, 1, 0, 1, 0);
  }

  @Test
  void mergeThatTheBranchHasLost_isUnknown_untilItIsThere() throws Exception {
    String tip = git.merged().tip();
    bench.git("reset", "-q", "--hard", "HEAD~1");
    bench.write("other", "history\n").commit("Rewritten");
    List<Survival> lost = after(30);
    assertThat(lost)
        .extracting(Survival::unknown)
        .containsExactly(Survivors.REWRITTEN, Survivors.REWRITTEN);
    assertThat(lost).extracting(Survival::claude).containsOnly(Count.NONE);
    bench.git("reset", "-q", "--hard", tip);
    stands(30, 2, 3, 2, 3, 2);
  }

  @Test
  void whatCannotBeRead_isUnknownWithItsReason_andTriedAgain() throws Exception {
    day(1);
    bench.write(FILE, "claude one\n").commit("Edit");
    String blob = bench.git("rev-parse", change.mergeCommit() + ":" + FILE);
    Path object =
        bench.root().resolve(".git/objects/" + blob.substring(0, 2) + "/" + blob.substring(2));
    Path aside = folder.resolve("aside");
    Files.move(object, aside);
    List<Survival> unknown = after(7);
    assertThat(unknown).hasSize(1);
    assertThat(unknown.get(0).unknown()).contains("unable to read");
    Files.move(aside, object);
    assertThat(after(7).get(0).unknown()).as("not at once").isNotNull();
    stands(8, 1, 1, 0);
  }

  @Test
  void newVerdicts_areCountedAgain() throws Exception {
    stands(7, 1, 3, 2);
    judged = decide(change, 2, 3);
    assertThat(after(7)).extracting(Survival::claude).containsExactly(new Count(2, 2));
  }

  @Test
  void restart_countsNothingAgain() throws Exception {
    stands(30, 2, 3, 2, 3, 2);
    survivors = new Survivors(git, store.changes());
    int[] paused = {0};
    store.changes().survived(List.of());
    assertThat(
            survivors.count(
                List.of(judged),
                revision,
                git.merged().tip(),
                change.mergedAt().plus(Duration.ofDays(30)),
                () -> paused[0]++ > 0))
        .isFalse();
    assertThat(store.changes().survivals(change.repository())).hasSize(2);
  }

  @Test
  void pause_keepsWhatWasCounted() throws Exception {
    Instant now = change.mergedAt().plus(Duration.ofDays(7));
    String tip = git.merged().tip();
    assertThat(survivors.count(List.of(judged), revision, tip, now, () -> true)).isTrue();
    assertThat(store.changes().survivals(change.repository())).hasSize(1);
    assertThat(survivors.count(List.of(judged), revision, tip, now, () -> false)).isFalse();
  }
}
