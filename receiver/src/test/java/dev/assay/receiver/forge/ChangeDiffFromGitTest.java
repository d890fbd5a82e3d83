package dev.assay.receiver.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.difflib.unifieddiff.UnifiedDiff;
import com.github.difflib.unifieddiff.UnifiedDiffFile;
import com.github.difflib.unifieddiff.UnifiedDiffReader;
import dev.assay.receiver.attribution.ChangeDiff;
import dev.assay.receiver.attribution.ChangeDiff.DiffLine;
import dev.assay.receiver.attribution.ChangeDiff.FileDiff;
import dev.assay.store.fact.Change;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeDiffFromGitTest {
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

  private Change head() throws IOException {
    return of(bench.git("rev-parse", "HEAD"));
  }

  private static Change of(String commit) {
    return new Change("local/x", null, "", null, null, Instant.EPOCH, commit, null, null, null);
  }

  private ChangeDiff diff() throws Exception {
    return repository.diff(head());
  }

  private FileDiff only() throws Exception {
    assertThat(diff().files()).hasSize(1);
    return diff().files().get(0);
  }

  private static List<DiffLine> lines(int from, String... texts) {
    List<DiffLine> out = new ArrayList<>();
    for (String text : texts) {
      out.add(new DiffLine(from + out.size(), text));
    }
    return out;
  }

  @Test
  void firstCommit_isComparedWithNothing() throws Exception {
    bench.write("a.txt", "one\ntwo\n").commit("Start");
    assertThat(only())
        .isEqualTo(
            new FileDiff(
                "a.txt", null, false, List.of("one", "two"), lines(1, "one", "two"), List.of()));
  }

  @Test
  void changedLines_haveTheirNumbers() throws Exception {
    bench.write("a.txt", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n").commit("Start");
    bench.write("a.txt", "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\nx\ny\n").commit("Change");
    FileDiff file = only();
    assertThat(file.added())
        .containsExactly(new DiffLine(1, "0"), new DiffLine(12, "x"), new DiffLine(13, "y"));
    assertThat(file.removed()).containsExactly(new DiffLine(11, "11"), new DiffLine(12, "12"));
    assertThat(file.firstLines()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  }

  @Test
  void carriageReturns_areStripped_butOnlyAtTheEnd() throws Exception {
    bench.write("a.txt", "one\r\n").commit("Start");
    bench.write("a.txt", "one\r\ntw\ro\r\nthree").commit("Change");
    assertThat(only().added()).isEqualTo(lines(2, "tw\ro", "three"));
  }

  @Test
  void missingNewlineAtTheEnd_isNoLine() throws Exception {
    bench.write("a.txt", "one").commit("Start");
    bench.write("a.txt", "one\n").commit("Change");
    assertThat(only().added()).isEqualTo(lines(1, "one"));
    assertThat(only().removed()).isEqualTo(lines(1, "one"));
  }

  @Test
  void contentThatLooksLikeADiff_isContent() throws Exception {
    bench.write("a.txt", "-- a/x\n@@ -1 +1 @@\n").commit("Start");
    bench
        .write(
            "a.txt", "++ b/x\ndiff --git a/x b/x\n@@ -1,9 +1,9 @@\n\\ No newline at end of file\n")
        .commit("Change");
    assertThat(only().added())
        .isEqualTo(
            lines(
                1,
                "++ b/x",
                "diff --git a/x b/x",
                "@@ -1,9 +1,9 @@",
                "\\ No newline at end of file"));
    assertThat(only().removed()).isEqualTo(lines(1, "-- a/x", "@@ -1 +1 @@"));
  }

  @Test
  void rename_hasBothPaths_andOnlyItsEdits() throws Exception {
    bench.write("old name.txt", "1\n2\n3\n4\n5\n6\n").write("still.txt", "a\nb\n").commit("Start");
    Files.delete(bench.root().resolve("old name.txt"));
    Files.move(bench.root().resolve("still.txt"), bench.root().resolve("moved.txt"));
    bench.write("dir/new name.txt", "1\n2\n3\nx\n5\n6\n").commit("Rename");
    assertThat(diff().files())
        .containsExactly(
            new FileDiff(
                "dir/new name.txt",
                "old name.txt",
                false,
                List.of("1", "2", "3", "x", "5", "6"),
                lines(4, "x"),
                lines(4, "4")),
            new FileDiff("moved.txt", "still.txt", false, List.of(), List.of(), List.of()));
  }

  @Test
  void deletedFile_hasItsOldPath() throws Exception {
    bench.write("a.txt", "one\n").write("b.txt", "two\n").commit("Start");
    Files.delete(bench.root().resolve("a.txt"));
    bench.commit("Delete");
    assertThat(only())
        .isEqualTo(new FileDiff("a.txt", null, false, List.of(), List.of(), lines(1, "one")));
  }

  @Test
  void strangePaths_areWhatTheyAre() throws Exception {
    List<String> paths =
        List.of(
            " lead",
            "a b.txt",
            "b/ü/日本.txt",
            "quo\"te",
            "back\\slash",
            "tab\there",
            "line\nfeed",
            "a => b",
            "x b/x",
            "-dash");
    for (String path : paths) {
      bench.write(path, "text of " + path.length() + "\n");
    }
    bench.commit("Start");
    assertThat(diff().files())
        .extracting(FileDiff::path)
        .containsExactlyInAnyOrderElementsOf(paths);
    assertThat(diff().files()).allMatch(file -> file.added().size() == 1);
    for (String path : paths) {
      bench.write(path, "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\n" + path.length() + "\n");
    }
    bench.commit("More");
    for (String path : paths) {
      bench.write(path, "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nend\n");
    }
    bench.commit("End");
    assertThat(diff().files())
        .extracting(FileDiff::path)
        .containsExactlyInAnyOrderElementsOf(paths);
    assertThat(diff().files())
        .allMatch(
            file ->
                file.firstLines().size() == 10
                    && file.added().equals(List.of(new DiffLine(12, "end"))));
  }

  @Test
  void whatIsNoText_isBinary() throws Exception {
    Workbench inner = Workbench.create(folder.resolve("inner"));
    inner.write("x", "x\n").commit("Inner");
    bench.write("blob", new byte[] {1, 0, 2}).write("script", "a\n");
    Files.createSymbolicLink(bench.root().resolve("link"), Path.of("script"));
    bench.git("clone", "-q", inner.root().toString(), bench.root().resolve("sub").toString());
    bench.commit("Start");
    Map<String, FileDiff> files =
        diff().files().stream().collect(Collectors.toMap(FileDiff::path, Function.identity()));
    assertThat(files.keySet()).containsExactlyInAnyOrder("blob", "link", "script", "sub");
    for (String path : List.of("blob", "link", "sub")) {
      assertThat(files.get(path))
          .isEqualTo(new FileDiff(path, null, true, List.of(), List.of(), List.of()));
    }
    Files.delete(bench.root().resolve("link"));
    bench.write("link", "now a file\n");
    inner.write("x", "y\n").commit("Inner again");
    bench.git("-C", "sub", "pull", "-q");
    bench.commit("Change");
    files = diff().files().stream().collect(Collectors.toMap(FileDiff::path, Function.identity()));
    assertThat(files.get("link"))
        .isEqualTo(
            new FileDiff(
                "link", null, false, List.of("now a file"), lines(1, "now a file"), List.of()));
    assertThat(files.get("sub")).extracting(FileDiff::binary).isEqualTo(true);
    Files.delete(bench.root().resolve("link"));
    Files.createSymbolicLink(bench.root().resolve("link"), Path.of("script"));
    bench.git("update-index", "--chmod=+x", "script");
    bench.committed("commit", "-q", "-a", "-m", "Back");
    files = diff().files().stream().collect(Collectors.toMap(FileDiff::path, Function.identity()));
    assertThat(files.get("link"))
        .extracting(FileDiff::binary, FileDiff::added)
        .containsExactly(true, List.of());
  }

  @Test
  void modeChange_hasNoLines() throws Exception {
    bench.write("run.sh", "echo\n").commit("Start");
    bench.git("update-index", "--chmod=+x", "run.sh");
    bench.committed("commit", "-q", "-m", "Executable");
    assertThat(only().added()).isEmpty();
    assertThat(only().binary()).isFalse();
  }

  @Test
  void attributesOfTheWorkTree_doNotHideLines() throws Exception {
    bench.write(".gitattributes", "*.txt -diff\n").write("a.txt", "one\n").commit("Start");
    assertThat(diff().files()).noneMatch(FileDiff::binary);
  }

  @Test
  void mergeCommit_isComparedWithItsFirstParent() throws Exception {
    bench.write("a.txt", "a\n").commit("Start");
    bench.branch("topic", "b.txt", "b\n");
    bench.write("c.txt", "c\n").commit("Meanwhile");
    bench.merge("topic", "Merge pull request #1 from x/topic");
    assertThat(only().path()).isEqualTo("b.txt");
  }

  @Test
  void mergeWithConflict_showsTheResolution_once() throws Exception {
    bench.write("a.txt", "1\n2\n3\n").commit("Start");
    bench.branch("topic", "a.txt", "1\ntopic\n3\n");
    bench.write("a.txt", "1\nmain\n3\n").commit("Meanwhile");
    assertThatThrownBy(() -> bench.merge("topic", "Merge pull request #1 from x/topic"))
        .hasMessageContaining("CONFLICT");
    bench.write("a.txt", "1\nboth\n3\n").commit("Merge pull request #1 from x/topic");
    assertThat(only().added()).isEqualTo(lines(2, "both"));
    assertThat(only().removed()).isEqualTo(lines(2, "main"));
  }

  @Test
  void invalidUtf8_isReplaced_andEndsNoLine() throws Exception {
    bench.write("a.txt", "caf\u00e9 au lait\nnext\n".getBytes(StandardCharsets.ISO_8859_1));
    bench.commit("Start");
    assertThat(only().added()).isEqualTo(lines(1, "caf\ufffd au lait", "next"));
  }

  @Test
  void longLine_isCut_farBeyondWhatCounts() throws Exception {
    bench.write("a.txt", "x".repeat(PatchReader.LIMIT_LINE_BYTES * 3) + "\nnext\n").commit("Start");
    assertThat(only().added().get(0).text()).hasSize(PatchReader.LIMIT_LINE_BYTES - 1);
    assertThat(only().added().get(1).text()).isEqualTo("next");
  }

  @Test
  void twentyThousandLines_areAllThere() throws Exception {
    String text =
        IntStream.range(0, 20_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    bench.write("a.txt", "first\n").commit("Start");
    bench.write("a.txt", "first\n" + text).commit("Change");
    List<DiffLine> added = only().added();
    assertThat(added).hasSize(20_000);
    assertThat(added.get(19_999)).isEqualTo(new DiffLine(20_001, "line 19999"));
  }

  @Test
  void tooManyLines_areAnError_andOneLessIsNot() throws Exception {
    int limit = PatchReader.LIMIT_LINES;
    assertThat(PatchReader.read(new ByteArrayInputStream(patchOf(limit))).get(0).added())
        .hasSize(limit);
    assertThatThrownBy(() -> PatchReader.read(new ByteArrayInputStream(patchOf(limit + 1))))
        .isInstanceOf(GitException.class)
        .hasMessage("the change has more than 1000000 changed lines");
  }

  private static byte[] patchOf(int lines) {
    String id = "0".repeat(40);
    return (":000000 100644 "
            + id
            + " "
            + id
            + " A\ta\n\ndiff --git a/a b/a\n--- /dev/null\n"
            + "+++ b/a\n@@ -0,0 +1,"
            + lines
            + " @@\n"
            + "+x\n".repeat(lines))
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void brokenDiff_isAnError() {
    String id = "0".repeat(40);
    String raw = ":100644 100644 " + id + " " + id + " M\ta\n\n";
    for (String bad :
        List.of(
            raw,
            raw + "diff --git a/a b/a\n@@ -1 +1,2 @@\n+x\n",
            raw + "diff --git a/a b/a\n@@ -1 +1,x @@\n+x\n",
            raw + "diff --git a/a b/a\n@@ -1 +1,99999999999 @@\n+x\n",
            raw + "diff --git a/a b/a\ndiff --git a/b b/b\n",
            ":100644 M\ta\n\n",
            ":100644 100644 " + id + " " + id + " M\n\n")) {
      assertThatThrownBy(
              () ->
                  PatchReader.read(new ByteArrayInputStream(bad.getBytes(StandardCharsets.UTF_8))))
          .as(bad)
          .isInstanceOf(GitException.class);
    }
  }

  @Test
  void missingCommit_isSaid() {
    String absent = "1234567890123456789012345678901234567890";
    assertThatThrownBy(() -> repository.diff(of(absent)))
        .isInstanceOf(GitException.class)
        .hasMessageStartingWith("merge commit " + absent + " is not in ");
  }

  @Test
  void fileAfter_isTheWholeFile() throws Exception {
    bench.write("a b.txt", "one\r\ntwo\n\nfour").write("bin", new byte[] {0}).commit("Start");
    assertThat(repository.fileAfter(head(), "a b.txt")).contains(List.of("one", "two", "", "four"));
    assertThat(repository.fileAfter(head(), "bin")).isEmpty();
    assertThat(repository.fileAfter(head(), "absent")).isEmpty();
  }

  /** java-diff-utils is the second opinion on random histories. */
  @Test
  void anotherParser_saysTheSame() throws Exception {
    Random random = new Random(7);
    List<String> text = new ArrayList<>();
    bench.commit("Start");
    for (int round = 0; round < 25; round++) {
      for (int edits = random.nextInt(12); edits >= 0; edits--) {
        int at = random.nextInt(text.size() + 1);
        if (random.nextInt(3) > 0 || at == text.size()) {
          text.add(at, random.nextBoolean() ? "line " + random.nextInt(9) : "");
        } else {
          text.remove(at);
        }
      }
      String end = random.nextBoolean() || text.isEmpty() ? "\n" : "";
      bench.write("a.txt", String.join("\n", text) + end).commit("Round " + round);
      String patch = bench.raw("diff", "HEAD~1", "HEAD");
      UnifiedDiff other =
          UnifiedDiffReader.parseUnifiedDiff(
              new ByteArrayInputStream(patch.getBytes(StandardCharsets.UTF_8)));
      List<FileDiff> ours = diff().files();
      assertThat(ours).hasSameSizeAs(other.getFiles());
      if (!ours.isEmpty()) {
        assertThat(numbers(ours.get(0).added()))
            .isEqualTo(positions(other.getFiles().get(0), true));
        assertThat(numbers(ours.get(0).removed()))
            .isEqualTo(positions(other.getFiles().get(0), false));
      }
    }
  }

  private static List<Integer> numbers(List<DiffLine> lines) {
    return lines.stream().map(DiffLine::number).toList();
  }

  private static List<Integer> positions(UnifiedDiffFile file, boolean added) {
    return file.getPatch().getDeltas().stream()
        .flatMap(d -> (added ? d.getTarget() : d.getSource()).getChangePosition().stream())
        .toList();
  }
}
