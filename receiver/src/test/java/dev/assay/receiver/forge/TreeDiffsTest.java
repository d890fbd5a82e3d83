package dev.assay.receiver.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeDiffsTest {
  private static final String[] OPTIONS = {"-r", "-M", "--raw", "-p", "--no-color"};

  @TempDir private Path folder;
  private Workbench bench;
  private Git git;
  private CatFile objects;
  private TreeDiffs diffs;

  @BeforeEach
  void open() throws Exception {
    bench = Workbench.create(folder.resolve("api"));
    git = new Git(Git.locate(bench.root()));
    objects = new CatFile(git);
    diffs = new TreeDiffs(git, objects, OPTIONS);
  }

  @AfterEach
  void close() {
    diffs.close();
    objects.close();
  }

  @Test
  void oneProcess_saysWhatAProcessForEachSays() throws Exception {
    Random random = new Random(11);
    List<String> commits = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      StringBuilder text = new StringBuilder();
      for (int lines = random.nextInt(400); lines > 0; lines--) {
        text.append(random.nextInt(7) == 0 ? "end of the question\n" : "line " + lines + "\n");
      }
      bench.write("src/a" + random.nextInt(3) + ".txt", text.toString());
      bench.write("no end", "end of the question\nend of the question" + i);
      commits.add(bench.commit("Change " + i));
    }
    for (String from : commits) {
      String to = commits.get(random.nextInt(commits.size()));
      assertThat(diffs.between(from, to, TreeDiffsTest::text)).isEqualTo(alone(from, to));
    }
  }

  @Test
  void anAnswerThatIsNotReadToItsEnd_isNotTheNextOnes() throws Exception {
    String first = bench.write("a", "x\n".repeat(100_000)).commit("First");
    String second = bench.write("a", "y\n".repeat(100_000)).commit("Second");
    int mark = diffs.between(first, second, out -> out.read());
    assertThat(mark).isEqualTo(':');
    assertThat(diffs.between(second, first, TreeDiffsTest::text)).isEqualTo(alone(second, first));
    assertThatThrownBy(
            () ->
                diffs.between(
                    first,
                    second,
                    out -> {
                      throw new GitException("too much");
                    }))
        .hasMessage("too much");
    assertThat(diffs.between(second, first, TreeDiffsTest::text)).isEqualTo(alone(second, first));
  }

  @Test
  void whatIsMissing_isToldInGitsOwnWords_andTheNextQuestionIsAnswered() throws Exception {
    String first = bench.write("a", "x\n").commit("First");
    String second = bench.write("a", "y\n").commit("Second");
    String missing = "1".repeat(40);
    assertThatThrownBy(() -> diffs.between(first, missing, TreeDiffsTest::text))
        .isInstanceOf(GitException.class)
        .hasMessageContaining(missing);
    assertThat(diffs.between(first, second, TreeDiffsTest::text)).isEqualTo(alone(first, second));
  }

  private static String text(java.io.InputStream out) throws java.io.IOException {
    return new String(out.readAllBytes(), StandardCharsets.UTF_8);
  }

  private String alone(String from, String to) throws GitException {
    List<String> arguments = new ArrayList<>(List.of("diff-tree"));
    arguments.addAll(List.of(OPTIONS));
    arguments.addAll(List.of(from, to, "--"));
    return git.run(TreeDiffsTest::text, arguments.toArray(String[]::new));
  }
}
