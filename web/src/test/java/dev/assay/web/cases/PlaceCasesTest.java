package dev.assay.web.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which repository and file an edit belongs to. */
class PlaceCasesTest {
  private static final String SUM = "total = sum(item.quantity for item in items)";
  private static final String SHOW = "print(f'total quantity {total}')";
  private static final String OTHER = "ledger.append(total, clock.now())";
  private static final String ID = "22222222-2222-4222-8222-222222222222";

  @TempDir Path folder;
  private World world;

  @BeforeEach
  void begin() throws IOException {
    world = World.in(folder);
  }

  @Test
  void sameFileOfAnotherRepository_doesNotVouch() throws IOException {
    Path other = world.clone("till", "https://github.com/acme/till");
    world.session(ID, "ada", other).write("src/a.py", SUM + "\n");
    world.person("src/a.py", SUM + "\n");
    world.merge();
    assertThat(world.verdicts("src/a.py")).containsExactly("(no-candidate): " + SUM);
  }

  @Test
  void worktree_isTheRepository() throws IOException {
    Path tree = world.checkout().resolveSibling("shop-fix");
    World.git(world.checkout(), "worktree", "add", "-q", "-b", "fix", tree.toString());
    world.session(ID, "ada", tree).write("src/a.py", SUM + "\n");
    world.person("src/a.py", SUM + "\n");
    world.merge();
    assertThat(world.verdicts("src/a.py")).containsExactly("exact: " + SUM);
  }

  @Test
  void subdirectory_isTheRepository() throws IOException {
    Path sub = Files.createDirectories(world.checkout().resolve("services/till"));
    world.session(ID, "ada", sub).write("a.py", SUM + "\n").write("../b.py", OTHER + "\n");
    world.merge();
    assertThat(world.verdicts("services/till/a.py")).containsExactly("exact: " + SUM);
    assertThat(world.verdicts("services/b.py")).containsExactly("exact: " + OTHER);
  }

  @Test
  void otherFormOfTheRemote_isTheRepository() throws IOException {
    Path clone = world.clone("elsewhere", "git@github.com:Acme/shop.git");
    world.session(ID, "bob", clone).write("src/a.py", SUM + "\n");
    world.person("src/a.py", SUM + "\n");
    world.merge();
    assertThat(world.verdicts("src/a.py")).containsExactly("exact: " + SUM);
  }

  @Test
  void fork_isACandidate_whereTheMergeNamesIt() throws IOException {
    Path fork = world.clone("fork", "https://github.com/bob/shop");
    world.session(ID, "bob", fork).write("src/a.py", SUM + "\n");
    World.git(world.checkout(), "checkout", "-q", "-b", "topic");
    world.person("src/a.py", SUM + "\n");
    World.commit(world.checkout(), "Work", World.MERGED);
    World.git(world.checkout(), "checkout", "-q", "main");
    World.git(
        world.checkout(),
        "merge",
        "-q",
        "--no-ff",
        "-m",
        "Merge pull request #1 from bob/topic\n\nThe work",
        "topic");
    assertThat(world.verdicts("src/a.py")).containsExactly("exact: " + SUM);
  }

  @Test
  void renamedFile_keepsItsWriter() throws IOException {
    world.base("src/old.py", "import json\nimport sys\nimport os\nimport re\nimport csv\n");
    world.session().edit("src/old.py", "import csv", "import csv\n" + SUM);
    Files.move(world.checkout().resolve("src/old.py"), world.checkout().resolve("src/renamed.py"));
    world.merge();
    assertThat(world.verdicts("src/renamed.py")).containsExactly("exact: " + SUM);
  }

  @Test
  void draftThatWasMoved_keepsItsWriter_andACopyHasNone() throws IOException {
    String text = SUM + "\n" + SHOW + "\n" + OTHER + "\n";
    world.session().write("draft/old.py", text);
    Files.createDirectories(world.checkout().resolve("src"));
    Files.move(world.checkout().resolve("draft/old.py"), world.checkout().resolve("src/moved.py"));
    world.merge();
    assertThat(world.verdicts("src/moved.py"))
        .containsExactly("moved: " + SUM, "moved: " + SHOW, "moved: " + OTHER);
  }

  @Test
  void copyOfAFileOfTheBase_isThePersons() throws IOException {
    String text = SUM + "\n" + SHOW + "\n" + OTHER + "\n";
    world.session().write("src/a.py", text);
    World.commit(world.checkout(), "Earlier (#9)", World.MERGED.minusSeconds(3600));
    world.person("src/copy.py", text);
    world.merge();
    assertThat(world.verdicts("src/copy.py")).allMatch(line -> line.startsWith("(no-candidate)"));
  }

  @Test
  void ignoredFile_keepsItsLinesAtHome() throws IOException {
    world.base(".gitignore", "private/\n");
    world.session().write("private/src/a.py", SUM + "\n").write("notes/src/b.py", OTHER + "\n");
    Files.createDirectories(world.checkout().resolve("src"));
    for (String path : new String[] {"private/src/a.py", "notes/src/b.py"}) {
      Path file = world.checkout().resolve(path);
      Files.move(file, world.checkout().resolve("src").resolve(file.getFileName()));
    }
    world.merge();
    assertThat(world.verdicts("src/a.py")).containsExactly("(no-candidate): " + SUM);
    assertThat(world.verdicts("src/b.py")).as("not ignored").containsExactly("moved: " + OTHER);
  }

  @Test
  void editWithoutAPath_vouchesForNothing_andLosesNothingElse() throws IOException {
    world.session().write("../shop-notes/outside.py", OTHER + "\n").write("a.py", SUM + "\n");
    world.person("outside.py", OTHER + "\n");
    world.merge();
    assertThat(world.verdicts("outside.py")).containsExactly("(no-candidate): " + OTHER);
    assertThat(world.verdicts("a.py")).containsExactly("exact: " + SUM);
  }
}
