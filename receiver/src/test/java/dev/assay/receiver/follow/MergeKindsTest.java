package dev.assay.receiver.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receiver.attribution.Rules;
import dev.assay.receiver.forge.GitRepository;
import dev.assay.receiver.forge.PullList;
import dev.assay.receiver.forge.Workbench;
import dev.assay.store.Store;
import dev.assay.store.StoreOptions;
import dev.assay.store.Stores;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Attribution.State;
import dev.assay.store.fact.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One branch of several commits, merged in every way that forges know: the verdicts are the same.
 */
class MergeKindsTest {
  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() throws Exception {
    store = Stores.open(StoreOptions.in(folder.resolve("data")).withFsync(false));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 6, 7})
  void everyKindOfMerge_givesTheSameVerdicts(long seed) throws Exception {
    BranchStory story = new BranchStory(seed);
    Map<MergeKind, List<String>> told = new EnumMap<>(MergeKind.class);
    for (MergeKind kind : MergeKind.values()) {
      Workbench bench = story.tell(folder.resolve(kind.name()), kind);
      if (kind == MergeKind.MERGE_COMMIT) {
        store.commit(story.edits());
      }
      told.put(kind, verdicts(bench, story.pulls(kind), 1));
    }
    List<String> expected = told.get(MergeKind.MERGE_COMMIT);
    assertThat(expected).anyMatch(line -> line.contains("toolu"));
    assertThat(expected).anyMatch(line -> !line.contains("toolu"));
    told.forEach((kind, verdicts) -> assertThat(verdicts).as(kind.name()).isEqualTo(expected));
  }

  /** Each line's path, text and verdict, of one pull request. */
  private List<String> verdicts(Workbench bench, String pulls, int number) throws Exception {
    Attribution made = attribution(bench, pulls, number);
    assertThat(made.state())
        .as(String.valueOf(made.undecidedReason()))
        .isEqualTo(State.PROVISIONAL);
    List<String> out = new ArrayList<>();
    try (GitRepository git = GitRepository.open(bench.root())) {
      for (Verdict verdict : made.verdicts()) {
        List<String> lines = git.fileAfter(made.change(), verdict.path()).orElseThrow();
        out.add(lines.get(verdict.line() - 1) + " " + verdict);
      }
    }
    return out;
  }

  private Attribution attribution(Workbench bench, String pulls, int number) throws Exception {
    Path list = Files.writeString(folder.resolve("pulls.json"), pulls);
    List<Attribution> made = new ArrayList<>();
    Follower.attributeOnce(
        store,
        bench.root(),
        PullList.read(list),
        Rules.standard(),
        FollowOptions.standard(),
        Clock.fixed(bench.now().plus(Duration.ofDays(1)), ZoneOffset.UTC),
        made::add,
        progress -> {});
    return made.stream()
        .filter(a -> Integer.valueOf(number).equals(a.change().number()))
        .findFirst()
        .orElseThrow();
  }

  private Workbench rebased(int commits, boolean deleted) throws Exception {
    Workbench bench = Workbench.create(folder.resolve("api"));
    bench.git("remote", "add", "origin", "https://github.com/acme/api");
    bench.write("README", "nothing\n").commit("Start");
    bench.git("checkout", "-q", "-b", "topic");
    for (int i = 1; i <= commits; i++) {
      bench.write("f" + i + ".py", "print('part number " + i + "')\n").commit("Part " + i);
    }
    bench.git("checkout", "-q", "main");
    bench.write("other.py", "print('meanwhile')\n").commit("Meanwhile");
    bench.committed("cherry-pick", "main..topic");
    if (deleted) {
      bench.git("branch", "-D", "topic");
      bench.git("reflog", "expire", "--expire=now", "--all");
      bench.git("gc", "-q", "--prune=now");
    }
    return bench;
  }

  private static String entry(Workbench bench, String more) throws Exception {
    return "[{\"number\": 1, \"merge_commit\": \""
        + bench.git("rev-parse", "main")
        + "\""
        + more
        + "}]";
  }

  private static List<String> paths(Attribution made) {
    return made.verdicts().stream().map(Verdict::path).toList();
  }

  @Test
  void rebaseMerge_whoseBranchIsGone_isWhole_whereTheListTellsHowManyCommits() throws Exception {
    Workbench bench = rebased(3, true);
    Attribution made = attribution(bench, entry(bench, ", \"commits\": 3"), 1);
    assertThat(paths(made)).containsExactly("f1.py", "f2.py", "f3.py");
    made = attribution(bench, entry(bench, ", \"commits\": [{}, {}, {}]"), 1);
    assertThat(paths(made)).containsExactly("f1.py", "f2.py", "f3.py");
  }

  @Test
  void rebaseMerge_whoseBranchIsGone_isUndecided_untilTheBranchIsFetched() throws Exception {
    Workbench bench = rebased(3, false);
    String head = bench.git("rev-parse", "topic");
    Path origin = folder.resolve("origin.git");
    bench.git("clone", "-q", "--bare", bench.root().toString(), origin.toString());
    bench.git("branch", "-D", "topic");
    bench.git("reflog", "expire", "--expire=now", "--all");
    bench.git("gc", "-q", "--prune=now");
    String pulls = entry(bench, ", \"head\": \"" + head + "\"");

    Attribution made = attribution(bench, pulls, 1);
    assertThat(made.state()).isEqualTo(State.UNDECIDED);
    assertThat(made.undecidedReason())
        .startsWith("a rebase merge or a squash merge: 3 commits up to ")
        .contains("git fetch origin refs/pull/1/head");
    assertThat(made.verdicts()).isEmpty();

    bench.git("fetch", "-q", origin.toString(), "topic:refs/pull/1/head");
    assertThat(paths(attribution(bench, pulls, 1))).containsExactly("f1.py", "f2.py", "f3.py");
  }

  @Test
  void squashMerge_whoseBranchIsGone_isKnownByItsNumber() throws Exception {
    Workbench bench = rebased(2, true);
    bench.git("commit", "-q", "--amend", "-m", "Part 2 (#1)");
    assertThat(paths(attribution(bench, entry(bench, ", \"commits\": 2"), 1)))
        .containsExactly("f2.py");
  }

  @Test
  void rebaseMerge_rightAfterAnotherOne_leavesThatOut() throws Exception {
    Workbench bench = rebased(3, true);
    String first = bench.git("rev-parse", "main~2");
    String pulls =
        entry(bench, "").replace("]", ", {\"number\": 2, \"merge_commit\": \"" + first + "\"}]");
    assertThat(attribution(bench, pulls, 1).undecidedReason()).contains(": 2 commits up to");
    pulls = pulls.replaceFirst("}", ", \"commits\": 2}");
    assertThat(paths(attribution(bench, pulls, 1))).containsExactly("f2.py", "f3.py");
  }

  @Test
  void rebaseMerge_oneCommitOfWhichWasThereBefore_isStillWhole() throws Exception {
    Workbench bench = Workbench.create(folder.resolve("api"));
    String start = bench.write("README", "nothing\n").commit("Start");
    bench.git("checkout", "-q", "-b", "topic");
    for (int i = 1; i <= 3; i++) {
      bench.write("f" + i + ".py", "print('part number " + i + "')\n").commit("Part " + i);
    }
    String head = bench.git("rev-parse", "topic");
    bench.git("checkout", "-q", "main");
    bench.as("ann").committed("cherry-pick", "topic~1");
    bench.write("other.py", "print('meanwhile')\n").commit("Meanwhile");
    bench.committed("cherry-pick", "topic~2", "topic");
    String refs = ", \"base\": \"" + start + "\", \"head\": \"" + head + "\"";
    assertThat(paths(attribution(bench, entry(bench, refs), 1))).containsExactly("f1.py", "f3.py");
  }
}
