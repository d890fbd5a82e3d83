package dev.assay.receiver.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.store.fact.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitRepositoryTest {
  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void firstCommit() throws IOException {
    bench = Workbench.create(folder.resolve("api"));
    bench.write("a.txt", "one\n").commit("Start");
  }

  private Merged merged() throws GitException {
    return merged(bench.root());
  }

  private static Merged merged(Path directory) throws GitException {
    try (GitRepository repository = GitRepository.open(directory)) {
      return repository.merged();
    }
  }

  private List<String> told() throws GitException {
    return merged().changes().stream()
        .map(c -> (c.number() == null ? "-" : "#" + c.number()) + " " + c.title())
        .toList();
  }

  @Test
  void mergeCommit_isAPullRequest() throws Exception {
    String base = bench.git("rev-parse", "HEAD");
    String head = bench.as("bob").branch("topic", "b.txt", "two\n");
    String merge = bench.as("ann").merge("topic", "Merge pull request #7 from bob/topic\n\nAdd b");
    List<Change> changes = merged().changes();
    assertThat(changes).hasSize(2);
    String name = "local/" + base;
    assertThat(changes.get(1))
        .isEqualTo(
            new Change(
                name, 7, "Add b", "bob", "bob@example.com", bench.now(), merge, base, head, null));
    assertThat(changes.get(0).key()).isEqualTo(name + "@" + base);
    assertThat(changes.get(0).base()).isNull();
  }

  @Test
  void squashMerge_isAPullRequest() throws Exception {
    String base = bench.git("rev-parse", "HEAD");
    bench.branch("topic", "b.txt", "two\n");
    String merge = bench.as("bob").squash("topic", "Add b (#8)");
    Change change = merged().changes().get(1);
    assertThat(change)
        .isEqualTo(
            new Change(
                "local/" + base,
                8,
                "Add b",
                "bob",
                "bob@example.com",
                bench.now(),
                merge,
                base,
                null,
                null));
  }

  @Test
  void authorOfAMerge_isWhoWroteItsFirstCommit() throws Exception {
    bench.git("checkout", "-q", "-b", "topic");
    bench.as("bob").write("b.txt", "b\n").commit("First");
    bench.as("eve").write("c.txt", "c\n").commit("Second");
    bench.git("checkout", "-q", "main");
    bench.as("ann").merge("topic", "Merge pull request #7 from bob/topic");
    assertThat(merged().changes().get(1).author()).isEqualTo("bob");
    assertThat(merged().changes().get(1).authorEmail()).isEqualTo("bob@example.com");
  }

  @Test
  void numberThatComesAgain_isTheOldestOnes() throws Exception {
    bench.write("b.txt", "b\n").commit("Add b (#2)");
    bench.git("revert", "--no-commit", "HEAD");
    bench.commit("Revert \"Add b (#2)\"");
    bench.write("b.txt", "b\n").commit("Add b (#2)");
    bench.write("b.txt", "c\n").commit("Revert \"Add b (#2)\" (#3)");
    assertThat(told())
        .containsExactly(
            "- Start",
            "#2 Add b",
            "- Revert \"Add b (#2)\"",
            "- Add b (#2)",
            "#3 Revert \"Add b (#2)\"");
  }

  @Test
  void mergeWithoutNumber_isShownAsItsCommits() throws Exception {
    bench.git("checkout", "-q", "-b", "topic");
    bench.as("bob").write("b.txt", "b\n").commit("First");
    bench.write("c.txt", "c\n").commit("Second (#9)");
    bench.git("checkout", "-q", "main");
    bench.as("ann").merge("topic", "Merge branch 'topic'");
    List<Change> changes = merged().changes();
    assertThat(told()).containsExactly("- Start", "- First", "- Second (#9)");
    assertThat(changes.get(1).mergedAt()).as("when it reached the branch").isEqualTo(bench.now());
    assertThat(changes.get(1).author()).isEqualTo("bob");
  }

  @Test
  void nestedMerges_belongToTheOuterOne() throws Exception {
    bench.git("checkout", "-q", "-b", "outer");
    bench.branch("inner", "i.txt", "i\n");
    bench.write("o.txt", "o\n").commit("Outer work");
    bench.merge("inner", "Merge pull request #4 from bob/inner");
    bench.git("checkout", "-q", "main");
    bench.write("m.txt", "m\n").commit("On main");
    bench.git("checkout", "-q", "outer");
    bench.merge("main", "Merge branch 'main' into outer");
    bench.git("checkout", "-q", "main");
    bench.merge("outer", "Merge pull request #5 from bob/outer");
    assertThat(told())
        .containsExactly("- Start", "- On main", "#5 Merge pull request #5 from bob/outer");
  }

  @Test
  void octopus_withoutNumber_isShownAsItsCommits() throws Exception {
    bench.branch("one", "1.txt", "1\n");
    bench.branch("two", "2.txt", "2\n");
    bench.branch("three", "3.txt", "3\n");
    bench.committed("merge", "-q", "--no-ff", "-m", "Octopus", "one", "two", "three");
    assertThat(told())
        .containsExactly("- Start", "- Work on one", "- Work on two", "- Work on three");
  }

  @Test
  void remotes_nameTheRepository() throws Exception {
    bench.git("remote", "add", "fork", "git@github.com:bob/api.git");
    bench.git("remote", "add", "origin", "https://x:secret@GitHub.com/Acme/API.git");
    bench.git("remote", "add", "disk", folder.toString());
    String root = bench.git("rev-parse", "HEAD");
    assertThat(merged().names())
        .containsExactly("github.com/acme/api", "github.com/bob/api", "local/" + root);
    assertThat(merged().changes().get(0).repository()).isEqualTo("github.com/acme/api");
  }

  @Test
  void upstream_isWherePullRequestsGo() throws Exception {
    Workbench base = Workbench.create(folder.resolve("base"));
    base.write("a.txt", "a\n").commit("Theirs (#1)");
    bench.git("remote", "add", "origin", "https://github.com/bob/api");
    bench.git("remote", "add", "upstream", base.root().toString());
    bench.git("fetch", "-q", "upstream");
    bench.git("remote", "set-url", "upstream", "https://github.com/acme/api");
    Merged merged = merged();
    assertThat(merged.names()).startsWith("github.com/acme/api", "github.com/bob/api");
    assertThat(merged.branch()).isEqualTo("refs/remotes/upstream/main");
    assertThat(told()).containsExactly("#1 Theirs");
  }

  @Test
  void clone_followsWhatTheRemoteCallsDefault() throws Exception {
    bench.git("checkout", "-q", "-b", "release");
    bench.write("r.txt", "r\n").commit("Release (#3)");
    Path clone = folder.resolve("clone");
    bench.git("clone", "-q", bench.root().toString(), clone.toString());
    assertThat(merged(clone).branch()).isEqualTo("refs/remotes/origin/release");
  }

  @Test
  void featureBranchThatIsCheckedOut_isNotTheDefaultOne() throws Exception {
    bench.git("checkout", "-q", "-b", "feature");
    bench.write("f.txt", "f\n").commit("Unmerged (#3)");
    assertThat(merged().branch()).isEqualTo("refs/heads/main");
    assertThat(told()).containsExactly("- Start");
    bench.git("branch", "-q", "-D", "main");
    assertThat(merged().branch()).isEqualTo("refs/heads/feature");
  }

  @Test
  void detachedHead_withoutBranches_isFollowed() throws Exception {
    bench.git("checkout", "-q", "--detach");
    bench.git("branch", "-q", "-D", "main");
    assertThat(merged().branch()).isEqualTo("HEAD");
    assertThat(told()).containsExactly("- Start");
  }

  @Test
  void bareRepository_whoseHeadHasAnotherName_isFollowed() throws Exception {
    Path bare = folder.resolve("bare.git");
    bench.git("clone", "-q", "--bare", bench.root().toString(), bare.toString());
    Files.writeString(bare.resolve("HEAD"), "ref: refs/heads/master\n");
    assertThat(merged(bare).branch()).isEqualTo("refs/heads/main");
  }

  @Test
  void worktreeAndSubfolder_areTheSameRepository() throws Exception {
    Path worktree = folder.resolve("tree");
    bench.git("worktree", "add", "-q", "-b", "side", worktree.toString());
    bench.write("deep/er/x.txt", "x\n").commit("Deeper (#2)");
    try (GitRepository root = GitRepository.open(bench.root());
        GitRepository tree = GitRepository.open(worktree);
        GitRepository deep = GitRepository.open(bench.root().resolve("deep/er"))) {
      assertThat(tree.gitDirectory()).isEqualTo(root.gitDirectory());
      assertThat(deep.gitDirectory()).isEqualTo(root.gitDirectory());
      assertThat(tree.merged()).isEqualTo(root.merged());
    }
  }

  @Test
  void noRepository_isSaid() throws Exception {
    Path plain = Files.createDirectory(folder.resolve("plain"));
    assertThatThrownBy(() -> GitRepository.open(plain))
        .isInstanceOf(GitException.class)
        .hasMessageStartingWith(plain + " is not a git repository: ");
    assertThatThrownBy(() -> GitRepository.open(folder.resolve("absent")))
        .hasMessage(folder.resolve("absent") + " is not a folder");
  }

  @Test
  void noCommits_isSaid() throws Exception {
    Workbench empty = Workbench.create(folder.resolve("empty"));
    assertThatThrownBy(() -> merged(empty.root()))
        .isInstanceOf(GitException.class)
        .hasMessage(empty.root() + " has no commits yet on a default branch");
  }

  @Test
  void shallowClone_isSaid_andItsOldestChangeHasNoDiff() throws Exception {
    bench.write("b.txt", "b\n").commit("Add b (#2)");
    bench.write("c.txt", "c\n").commit("Add c (#3)");
    Path shallow = folder.resolve("shallow");
    bench.git("clone", "-q", "--depth=2", "file://" + bench.root(), shallow.toString());
    assertThatThrownBy(() -> merged(shallow)).hasMessageContaining("git fetch --unshallow");
    Workbench.at(shallow).git("remote", "set-url", "origin", "https://github.com/acme/api");
    try (GitRepository repository = GitRepository.open(shallow)) {
      Merged merged = repository.merged();
      assertThat(merged.shallow()).isTrue();
      assertThat(merged.names()).containsExactly("github.com/acme/api");
      assertThat(merged.changes()).extracting(Change::number).containsExactly(2, 3);
      assertThatThrownBy(() -> repository.diff(merged.changes().get(0)))
          .isInstanceOf(GitException.class)
          .hasMessageContaining("base commit ")
          .hasMessageContaining("shallow clone");
      assertThat(repository.diff(merged.changes().get(1)).files()).hasSize(1);
    }
  }

  @Test
  void userConfiguration_changesNothing() throws Exception {
    bench.write("ü x.txt", "1\n2\n3\n").commit("Add (#2)");
    bench.write("ü x.txt", "1\n2 \n3\n").commit("Change (#3)");
    bench.git("config", "diff.noprefix", "true");
    bench.git("config", "diff.external", "false");
    bench.git("config", "diff.renames", "false");
    bench.git("config", "core.pager", "false");
    bench.git("config", "color.ui", "always");
    bench.git("config", "log.showSignature", "true");
    bench.git("config", "diff.suppressBlankEmpty", "true");
    bench.git("config", "diff.upper.textconv", "tr a-z A-Z <");
    bench.write(".gitattributes", "*.txt diff=upper\n");
    try (GitRepository repository = GitRepository.open(bench.root())) {
      Change change = repository.merged().changes().get(2);
      assertThat(repository.diff(change).files().get(0).path()).isEqualTo("ü x.txt");
      assertThat(repository.diff(change).files().get(0).added().get(0).text()).isEqualTo("2 ");
    }
  }

  @Test
  void stamp_changesWithTheBranch_andNotWithout() throws Exception {
    try (GitRepository repository = GitRepository.open(bench.root())) {
      String before = repository.stamp();
      assertThat(repository.stamp()).isEqualTo(before);
      bench.write("b.txt", "b\n").commit("More");
      String after = repository.stamp();
      assertThat(after).isNotEqualTo(before);
      bench.git("pack-refs", "--all");
      assertThat(repository.stamp()).isNotEqualTo(after);
    }
  }

  @Test
  void forks_areCandidates() throws Exception {
    bench.git("remote", "add", "origin", "https://github.com/acme/api");
    bench.git("remote", "add", "carol", "https://github.com/carol/api");
    bench.git("remote", "add", "tools", "https://github.com/acme/tools");
    bench.branch("topic", "b.txt", "two\n");
    bench.merge("topic", "Merge pull request #7 from bob/topic");
    String root = bench.git("rev-list", "--max-parents=0", "HEAD");
    try (GitRepository repository = GitRepository.open(bench.root())) {
      Merged merged = repository.merged();
      assertThat(repository.candidates(merged.changes().get(1), merged.names()))
          .containsExactlyInAnyOrder(
              "github.com/acme/api", "github.com/carol/api", "github.com/bob/api", "local/" + root);
    }
  }
}
