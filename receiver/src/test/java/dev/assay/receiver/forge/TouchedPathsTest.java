package dev.assay.receiver.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.fact.Change;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TouchedPathsTest {
  @TempDir Path folder;
  private Workbench bench;
  private Git git;
  private CatFile objects;
  private TouchedPaths touched;

  @BeforeEach
  void open() throws Exception {
    bench = Workbench.create(folder.resolve("api"));
    git = new Git(bench.root().resolve(".git"));
    objects = new CatFile(git);
    touched = new TouchedPaths(git, objects, 1_000);
  }

  @AfterEach
  void close() {
    touched.close();
    objects.close();
  }

  private String replace(String path, int round) throws Exception {
    Path file = bench.root().resolve(path);
    if (Files.exists(file) && round % 3 == 0) {
      Files.delete(file);
      bench.write("other", "round " + round + "\n");
    } else {
      bench.write(path, "round " + round + "\n");
    }
    return bench.commit("Round " + round);
  }

  /** What git itself says, asked with a process for each path. */
  @Test
  void history_isToldAsGitTellsIt() throws Exception {
    Random random = new Random(7);
    List<String> commits = new ArrayList<>(List.of(bench.write("other", "x\n").commit("Start")));
    List<Instant> times = new ArrayList<>(List.of(bench.now()));
    for (int round = 1; round <= 30; round++) {
      bench.waitUntil(bench.now().plus(Duration.ofHours(1 + random.nextInt(200))));
      commits.add(replace("src/ü " + random.nextInt(5), round));
      times.add(bench.now());
    }
    String tip = commits.get(30);
    for (int at = 1; at <= 30; at++) {
      TouchedPaths.Around around =
          touched.around(
              tip, commits.get(at - 1), commits.get(at), times.get(at), CommitTree.REACH);
      assertThat(around).isNotNull();
      for (int path = 0; path < 5; path++) {
        String name = "src/ü " + path;
        boolean before = log(name, times.get(at), commits.get(at - 1));
        boolean after = log(name, times.get(at), tip, "^" + commits.get(at));
        assertThat(touched.touched(Objects.requireNonNull(around), name))
            .as(name + " at " + at)
            .isEqualTo(before || after);
      }
    }
  }

  private boolean log(String path, Instant mergedAt, String... range) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("log", "--first-parent", "--format=%H"));
    arguments.add("--since=@" + mergedAt.minus(CommitTree.REACH).getEpochSecond());
    arguments.add("--until=@" + mergedAt.plus(CommitTree.REACH).getEpochSecond());
    arguments.addAll(List.of(range));
    arguments.addAll(List.of("--", path));
    return !git.text(arguments.toArray(String[]::new)).isEmpty();
  }

  @Test
  void anotherBranch_isNotKnown() throws Exception {
    String start = bench.write("a", "1\n").commit("Start");
    bench.git("checkout", "-q", "-b", "side");
    String side = bench.write("b", "1\n").commit("Side");
    bench.git("checkout", "-q", "main");
    String tip = bench.write("c", "1\n").commit("Main");
    assertThat(touched.around(tip, start, side, bench.now(), CommitTree.REACH)).isNull();
    assertThat(touched.around(tip, side, tip, bench.now(), CommitTree.REACH)).isNull();
    assertThat(touched.around(tip, start, tip, bench.now(), CommitTree.REACH)).isNotNull();
  }

  /** Long after a merge a file of the same name is another one: the answer is final by then. */
  @Test
  void farFromTheMerge_isNotLookedAt() throws Exception {
    bench.write("base", "1\n").commit("Start");
    String merge = bench.write("b", "1\n").commit("Merge");
    Instant mergedAt = bench.now();
    bench.waitUntil(mergedAt.plus(CommitTree.REACH));
    bench.write("near", "1\n").commit("Near");
    bench.waitUntil(mergedAt.plus(CommitTree.REACH).plus(Duration.ofHours(1)));
    bench.write("far", "1\n").commit("Far");
    try (GitRepository repository = GitRepository.open(bench.root())) {
      repository.merged();
      var base =
          repository
              .open(new Change("local/x", null, "", null, null, mergedAt, merge, null, null, null))
              .base();
      assertThat(base.committed("base")).isTrue();
      assertThat(base.committed("near")).isTrue();
      assertThat(base.committed("far")).isFalse();
    }
  }

  @Test
  void pathsAreKept_upToTheLimit() throws Exception {
    touched = new TouchedPaths(git, objects, 3);
    List<String> commits = new ArrayList<>(List.of(bench.write("z", "0\n").commit("Start")));
    for (int i = 1; i <= 5; i++) {
      commits.add(bench.write("f" + i, "1\n").commit("Round " + i));
    }
    commits.add(bench.write("last", "1\n").commit("Last"));
    TouchedPaths.Around around =
        touched.around(
            commits.get(6), commits.get(5), commits.get(6), bench.now(), CommitTree.REACH);
    assertThat(around).isNotNull();
    assertThat(touched.touched(Objects.requireNonNull(around), "f3")).isTrue();
    assertThat(touched.paths()).isEqualTo(3);
    assertThat(touched.touched(Objects.requireNonNull(around), "f1")).isTrue();
    assertThat(touched.paths()).isEqualTo(3);
    assertThat(touched.touched(Objects.requireNonNull(around), "absent")).isFalse();
  }
}
