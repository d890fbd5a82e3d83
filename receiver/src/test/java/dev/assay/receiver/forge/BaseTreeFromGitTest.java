package dev.assay.receiver.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.proto.line.LineHash;
import dev.assay.proto.line.NormalisedLine;
import dev.assay.receiver.attribution.BaseTree;
import dev.assay.store.fact.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseTreeFromGitTest {
  @TempDir Path folder;
  private Workbench bench;
  private GitRepository repository;

  @BeforeEach
  void open() throws Exception {
    bench = Workbench.create(folder.resolve("api"));
    repository = GitRepository.open(bench.root());
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private BaseTree before(String commit) throws GitException {
    return repository
        .open(new Change("local/x", null, "", null, null, Instant.EPOCH, commit, null, null, null))
        .base();
  }

  private BaseTree beforeNext() throws Exception {
    return before(bench.commit("Next"));
  }

  @Test
  void files_areCounted_notLines() throws Exception {
    bench
        .write("a.txt", "Same  'x'\nsame \"X\"\n")
        .write("b.txt", "\tsame `x`\r\n")
        .commit("Start");
    BaseTree tree = beforeNext();
    assertThat(tree.filesWith("same \"x\"")).isEqualTo(2);
    assertThat(tree.timesIn("a.txt", "same \"x\"")).isEqualTo(2);
    assertThat(tree.timesIn("b.txt", "same \"x\"")).isEqualTo(1);
    assertThat(tree.timesIn("c.txt", "same \"x\"")).isZero();
    assertThat(tree.filesWith("other")).isZero();
    assertThat(tree.filesWith("")).isZero();
  }

  @Test
  void copies_countEach() throws Exception {
    bench.write("a.txt", "x = 1\n").write("b/a.txt", "x = 1\n").write("c/a.txt", "x = 1\n");
    bench.commit("Start");
    assertThat(beforeNext().filesWith("x = 1")).isEqualTo(3);
  }

  @Test
  void firstCommit_hasNothingBelow() throws Exception {
    BaseTree tree = before(bench.write("a.txt", "x = 1\n").commit("Start"));
    assertThat(tree.filesWith("x = 1")).isZero();
    assertThat(tree.timesIn("a.txt", "x = 1")).isZero();
  }

  @Test
  void onlyText_isCounted() throws Exception {
    bench.write("bin", "x = 1\n\0".getBytes(StandardCharsets.UTF_8)).write("t", "y\n");
    Files.createSymbolicLink(bench.root().resolve("x = 1"), Path.of("x = 1"));
    bench.commit("Start");
    assertThat(beforeNext().filesWith("x = 1")).isZero();
    assertThat(beforeNext().timesIn("bin", "x = 1")).isZero();
  }

  @Test
  void missingContent_isSaid() throws Exception {
    bench.write("a.txt", "x = 1\n").commit("Start");
    String blob = bench.git("rev-parse", "HEAD:a.txt");
    BaseTree tree = beforeNext();
    Files.delete(
        bench
            .root()
            .resolve(".git/objects")
            .resolve(blob.substring(0, 2))
            .resolve(blob.substring(2)));
    assertThatThrownBy(() -> tree.filesWith("x = 1"))
        .isInstanceOf(GitException.Unchecked.class)
        .hasMessage("the content of " + blob + " is missing (a partial clone?)");
  }

  /** Moving from base to base, forth and back, counts as reading each tree anew does. */
  @Test
  void moving_countsAsReadingAnew() throws Exception {
    Random random = new Random(11);
    List<String> words =
        List.of("alpha one", "Beta 'two'", "ünï três", "  delta four", "epsilon", "");
    List<String> commits = new ArrayList<>();
    List<Map<String, Set<String>>> trees = new ArrayList<>();
    Map<String, Set<String>> files = new HashMap<>();
    for (int round = 0; round < 20; round++) {
      for (int edit = 0; edit < 3; edit++) {
        String path = "f" + random.nextInt(6);
        if (random.nextInt(4) == 0) {
          Files.deleteIfExists(bench.root().resolve(path));
          files.remove(path);
        } else {
          List<String> lines = new ArrayList<>();
          for (int i = random.nextInt(6); i >= 0; i--) {
            lines.add(words.get(random.nextInt(words.size())));
          }
          bench.write(path, String.join("\n", lines));
          files.put(path, normalised(lines));
        }
      }
      trees.add(new HashMap<>(files));
      commits.add(bench.commit("Round " + round));
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 1; i < commits.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    for (int i : order) {
      BaseTree tree = before(commits.get(i));
      for (String word : words.subList(0, 5)) {
        String line = NormalisedLine.of(word).text();
        long want = trees.get(i - 1).values().stream().filter(f -> f.contains(line)).count();
        assertThat(tree.filesWith(line)).as(word + " before " + i).isEqualTo((int) want);
      }
    }
  }

  private static Set<String> normalised(List<String> lines) {
    Set<String> out = new HashSet<>();
    lines.forEach(line -> out.add(NormalisedLine.of(line).text()));
    return out;
  }

  @Test
  void hashOfBytes_isHashOfTheNormalisedLine() {
    Random random = new Random(5);
    String letters =
        "aZ9'\"`\t\r \u000b\u001c\u001f\u0085\u00a0\u2018\u201d\u00e9e\u0301\ud83d\ude00_{";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        int at = random.nextInt(letters.length());
        char c = letters.charAt(at);
        if (!Character.isSurrogate(c)) {
          text.append(random.nextBoolean() ? c : (char) ('a' + random.nextInt(26)));
        }
      }
      byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
      assertThat(LineHash.of(bytes, 1, bytes.length - 1))
          .as(text.toString())
          .isEqualTo(LineHash.of(NormalisedLine.of(text.toString()).text()));
    }
  }

  @Test
  void counts_stayBounded() {
    LineCounts counts = new LineCounts(3);
    for (long hash = 1; hash <= 3; hash++) {
      counts.add(hash);
    }
    assertThat(counts.beyondLimit()).isZero();
    counts.add(4);
    assertThat(counts.beyondLimit()).isEqualTo(1);
    assertThat(counts.count(4)).isZero();
    counts.add(3);
    assertThat(counts.count(3)).isEqualTo(2);
  }

  @Test
  void commonLine_staysCommon() {
    LineCounts counts = new LineCounts(10);
    for (int i = 0; i < LineCounts.MOST + 5; i++) {
      counts.add(7);
    }
    assertThat(counts.count(7)).isEqualTo(LineCounts.MOST);
    counts.remove(7);
    assertThat(counts.count(7)).isEqualTo(LineCounts.MOST);
  }

  @Test
  void table_growsAndForgets() {
    LineCounts counts = new LineCounts(1_000_000);
    Random random = new Random(3);
    Map<Long, Integer> want = new HashMap<>();
    List<Long> hashes = new ArrayList<>();
    for (int i = 0; i < 60_000; i++) {
      if (hashes.isEmpty() || random.nextInt(3) > 0) {
        long hash = random.nextInt(20_000) + 1L;
        counts.add(hash);
        want.merge(hash, 1, Integer::sum);
        hashes.add(hash);
      } else {
        long hash = hashes.remove(random.nextInt(hashes.size()));
        counts.remove(hash);
        want.merge(hash, -1, Integer::sum);
      }
    }
    want.forEach((hash, count) -> assertThat(counts.count(hash)).isEqualTo(count));
  }

  @Test
  void catFile_startsAgain_afterItsProcessEnded() throws IOException, GitException {
    String commit = bench.write("a.txt", "x = 1\n").commit("Start");
    CatFile objects = new CatFile(new Git(bench.root().resolve(".git")));
    assertThat(objects.content(commit + ":a.txt"))
        .isEqualTo("x = 1\n".getBytes(StandardCharsets.UTF_8));
    objects.close();
    assertThat(objects.content(commit + ":a.txt")).hasSize(6);
    assertThat(objects.content(commit + ":b.txt")).isNull();
    assertThat(objects.content(commit + ":a\nb")).isNull();
    assertThat(objects.content("x".repeat(2_000))).isNull();
    objects.close();
  }
}
