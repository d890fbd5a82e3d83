package dev.assay.agent.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.agent.Gits;
import dev.assay.agent.status.Complaints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real git. */
class CheckoutsTest {
  @TempDir Path temporary;
  private Path folder = Path.of("");
  private final Complaints complaints =
      new Complaints(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
  private final Checkouts checkouts = new Checkouts(complaints);

  @BeforeEach
  void resolve() throws IOException {
    folder = temporary.toRealPath();
  }

  @AfterEach
  void close() {
    checkouts.close();
  }

  private Location.Inside inside(Path file, Path cwd) {
    Location location = checkouts.locate(file.toString(), cwd.toString());
    assertThat(location).isInstanceOf(Location.Inside.class);
    return (Location.Inside) location;
  }

  @Test
  void everyRemote_namesTheRepository_inOneForm() {
    Path root = Gits.checkout(folder.resolve("w"), "git@GitHub.com:Acme/Widgets.git");
    Gits.git(root, "remote", "add", "fork", "https://token@github.com/dev/widgets");
    Gits.git(root, "remote", "add", "mirror", "ssh://git@ghes.example.com:2222/acme/widgets.git");
    Gits.git(root, "config", "url.https://github.com/.insteadOf", "gh:");
    Gits.git(root, "remote", "add", "short", "gh:other/widgets");

    Checkout checkout = checkouts.of(root.toString()).orElseThrow();

    assertThat(checkout.repositories())
        .containsExactlyInAnyOrder(
            "github.com/acme/widgets",
            "github.com/dev/widgets",
            "ghes.example.com/acme/widgets",
            "github.com/other/widgets");
    assertThat(checkout.email()).isEqualTo("dev@example.com");
  }

  @Test
  void subfolder_worktree_andRemovedFolder_areTheSameRepository() {
    Path root = Gits.checkout(folder.resolve("w"), "https://github.com/acme/widgets");
    Path worktree = folder.resolve("other place");
    Gits.git(root, "worktree", "add", "-q", "-b", "topic", worktree.toString());

    assertThat(inside(root.resolve("src/a b/ü.py"), root).path()).isEqualTo("src/a b/ü.py");
    Location.Inside there = inside(worktree.resolve("src/x.py"), worktree);
    assertThat(there.path()).isEqualTo("src/x.py");
    assertThat(there.checkout().repositories()).containsExactly("github.com/acme/widgets");
    assertThat(there.checkout().root()).isEqualTo(worktree);
  }

  @Test
  void withoutRemote_theRootCommitNames() throws IOException {
    Path root = folder.resolve("w");
    Gits.git(root, "init", "-q");
    assertThat(checkouts.of(root.toString()).orElseThrow().repositories()).isEmpty();
    checkouts.forget();
    Gits.identify(root);
    Gits.git(root, "commit", "-q", "--allow-empty", "-m", "first");
    Gits.git(root, "commit", "-q", "--allow-empty", "-m", "second");
    String first = Git.output(root, "rev-list", "--max-parents=0", "HEAD").strip();

    assertThat(checkouts.of(root.toString()).orElseThrow().repositories())
        .containsExactly("local/" + first);
  }

  @Test
  void ignoredPaths_areToldFromOthers() throws IOException {
    Path root = Gits.checkout(folder.resolve("w"), "https://github.com/acme/widgets");
    Files.writeString(root.resolve(".gitignore"), ".env\n*.log\n!keep.log\nout/\n");
    Files.writeString(root.resolve("tracked.log"), "x");
    Gits.git(root, "add", "-f", "tracked.log");
    Checkout checkout = checkouts.of(root.toString()).orElseThrow();

    assertThat(checkouts.ignores(checkout, ".env")).contains(true);
    assertThat(checkouts.ignores(checkout, "a/b.log")).contains(true);
    assertThat(checkouts.ignores(checkout, "keep.log")).contains(false);
    assertThat(checkouts.ignores(checkout, "out/x")).contains(true);
    assertThat(checkouts.ignores(checkout, "tracked.log")).contains(false);
    assertThat(checkouts.ignores(checkout, "src/new line\nand \"quote\".py")).contains(false);
    Files.writeString(root.resolve(".gitignore"), "src/\n");
    checkouts.endRound();
    assertThat(checkouts.ignores(checkout, "src/x.py")).contains(true);
  }

  @Test
  void whereGitDoesNotAnswer_nothingIsSaid_andTheNextPathIsAnswered() throws IOException {
    Path root = Gits.checkout(folder.resolve("w"), "https://github.com/acme/widgets");
    Files.createDirectories(folder.resolve("elsewhere"));
    Files.createSymbolicLink(root.resolve("link"), folder.resolve("elsewhere"));
    Checkout checkout = checkouts.of(root.toString()).orElseThrow();

    assertThat(checkouts.ignores(checkout, "link/x.py")).isEmpty();
    assertThat(complaints.counts()).containsEntry("git-ignore-unknown", 1L);
    assertThat(checkouts.ignores(checkout, "src/x.py")).contains(false);
  }

  @Test
  void symbolicLinks_leadToWhereTheLinesAre() throws IOException {
    Path root = Gits.checkout(folder.resolve("w"), "https://github.com/acme/widgets");
    Path notes = Files.writeString(folder.resolve("private-notes"), "x");
    Files.createSymbolicLink(root.resolve("notes.md"), notes);
    Files.createSymbolicLink(folder.resolve("alias"), root);

    assertThat(checkouts.locate(root.resolve("notes.md").toString(), root.toString()))
        .isInstanceOf(Location.Outside.class);
    assertThat(inside(folder.resolve("alias/src/x.py"), root).path()).isEqualTo("src/x.py");
  }

  @Test
  void outside_andNoCheckout_areToldApart() {
    Path root = Gits.checkout(folder.resolve("w"), "https://github.com/acme/widgets");

    assertThat(checkouts.locate(folder.resolve("x.py").toString(), root.toString()))
        .isInstanceOf(Location.Outside.class);
    assertThat(checkouts.locate(root.resolve(".git/config").toString(), root.toString()))
        .isInstanceOf(Location.Outside.class);
    assertThat(checkouts.locate(folder.resolve("x.py").toString(), folder.toString()))
        .isInstanceOf(Location.NoCheckout.class);
    assertThat(checkouts.locate("/gone/for/ever/x.py", "/gone/for/ever"))
        .isInstanceOf(Location.NoCheckout.class);
    assertThat(checkouts.locate("C:\\work\\x.py", null)).isInstanceOf(Location.NoCheckout.class);
    assertThat(checkouts.locate("bad\0name", root.toString())).isInstanceOf(Location.Outside.class);
  }

  @Test
  void goneWorktreeOfClaudeCode_isItsCheckout_butAGoneNeighbourIsNot() throws IOException {
    Path root = Gits.checkout(folder.resolve("w"), "https://github.com/acme/widgets");
    Files.createDirectories(root.resolve("old"));
    Files.writeString(root.resolve("old/x.py"), "x");
    Gits.git(root, "add", ".");
    Gits.git(root, "commit", "-q", "-m", "old");
    Gits.git(root, "rm", "-q", "-r", "old");
    Path worktree = root.resolve(".claude/worktrees/topic");
    Path other = root.resolve("vendored-checkout");

    assertThat(inside(worktree.resolve("src/x.py"), worktree).path()).isEqualTo("src/x.py");
    assertThat(inside(root.resolve("old/x.py"), root.resolve("old")).path()).isEqualTo("old/x.py");
    assertThat(checkouts.locate(other.resolve("src/x.py").toString(), other.toString()))
        .isInstanceOf(Location.NoCheckout.class);
  }

  @Test
  void severalAnswers_comeFromOneProcess_alsoOfManyCheckouts() {
    List<Checkout> many =
        IntStream.range(0, 18)
            .mapToObj(i -> Gits.checkout(folder.resolve("w" + i), "https://github.com/acme/w" + i))
            .map(root -> checkouts.of(root.toString()).orElseThrow())
            .toList();
    for (int round = 0; round < 2; round++) {
      String path = "src/x" + round;
      assertThat(many)
          .allSatisfy(checkout -> assertThat(checkouts.ignores(checkout, path)).contains(false));
    }
    assertThat(checkouts.seen()).hasSize(18);
  }
}
