package dev.assay.receiver.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotesRefTest {
  private static final String REF = "refs/notes/ai";

  @TempDir Path folder;
  private Workbench bench;
  private String first;
  private String second;

  @BeforeEach
  void create() throws Exception {
    bench = Workbench.create(folder.resolve("api"));
    first = bench.write("a", "1\n").commit("First");
    second = bench.write("a", "2\n").commit("Second");
  }

  private int put(String commit, String text) throws Exception {
    try (GitRepository git = GitRepository.open(bench.root());
        NotesRef notes = NotesRef.open(git, REF)) {
      notes.put(commit, text);
      return notes.write();
    }
  }

  private String read(String commit) throws Exception {
    return bench.git("notes", "--ref=ai", "show", commit);
  }

  @Test
  void notes_areWhatGitItselfReads_andKeepTheOthers() throws Exception {
    assertThat(put(first, "déjà\nvu\n")).isEqualTo(1);
    assertThat(read(first)).isEqualTo("déjà\nvu");
    assertThat(put(second, "two")).isEqualTo(1);
    assertThat(read(first)).isEqualTo("déjà\nvu");
    assertThat(read(second)).isEqualTo("two");
    assertThat(bench.git("rev-list", "--count", REF)).isEqualTo("2");
    bench.git("fsck", "--strict");
    try (GitRepository git = GitRepository.open(bench.root());
        NotesRef notes = NotesRef.open(git, REF)) {
      assertThat(notes.text(second)).isEqualTo("two");
      assertThat(notes.text("0".repeat(40))).isNull();
      assertThat(notes.hasCommit(first)).isTrue();
      assertThat(notes.hasCommit("0".repeat(40))).isFalse();
    }
  }

  @Test
  void nothingWritten_leavesTheRepositoryAsItWas() throws Exception {
    try (GitRepository git = GitRepository.open(bench.root());
        NotesRef notes = NotesRef.open(git, REF)) {
      assertThat(notes.write()).isZero();
    }
    try (GitRepository git = GitRepository.open(bench.root());
        NotesRef notes = NotesRef.open(git, REF)) {
      notes.put(first, "never written");
    }
    assertThat(bench.git("for-each-ref", REF)).isEmpty();
  }

  @Test
  void reference_thatSomebodyMovedMeanwhile_isNotOverwritten() throws Exception {
    put(first, "before");
    try (GitRepository git = GitRepository.open(bench.root());
        NotesRef notes = NotesRef.open(git, REF)) {
      notes.put(first, "ours");
      bench.git("notes", "--ref=ai", "add", "-f", "-m", "theirs", first);
      assertThatThrownBy(notes::write)
          .isInstanceOf(GitException.class)
          .hasMessageContaining("git fast-import");
    }
    assertThat(read(first)).isEqualTo("theirs");
  }

  @Test
  void origins_areTheCommitsOfTheBranch_atTheirOwnLines() throws Exception {
    bench.git("checkout", "-q", "-b", "topic");
    String one = bench.write("src/old name.txt", "alpha\nbeta\n").commit("One");
    bench.git("mv", "src/old name.txt", "src/name.txt");
    String two = bench.write("src/name.txt", "new\nalpha\nbeta\n").commit("Two");
    bench.git("checkout", "-q", "main");
    bench.write("b", "beside\n").commit("Beside");
    String merge = bench.merge("topic", "Merge pull request #1 from acme/topic");
    try (GitRepository git = GitRepository.open(bench.root())) {
      assertThat(git.origins(merge, null, "src/name.txt"))
          .isEqualTo(
              Map.of(
                  1, new LineOrigin(two, "src/name.txt", 1),
                  2, new LineOrigin(one, "src/old name.txt", 1),
                  3, new LineOrigin(one, "src/old name.txt", 2)));
      assertThat(git.origins(second, null, "a"))
          .isEqualTo(Map.of(1, new LineOrigin(second, "a", 1)));
      assertThat(git.origins(merge, null, "a")).as("older than the branch").isEmpty();
      assertThat(git.origins(first, null, "a")).hasSize(1);
    }
  }
}
