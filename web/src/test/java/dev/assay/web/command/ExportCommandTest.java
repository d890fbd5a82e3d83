package dev.assay.web.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.Verdict;
import dev.assay.web.sample.AcmeServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real server, a real repository, and the command between them. */
class ExportCommandTest {
  private static final String SESSION = "7f0c2a4e-5d1b-4c8e-9a55-0b9d6a1e2f31";
  private static final Instant MERGED = Instant.parse("2026-11-10T12:00:00Z");

  @TempDir Path folder;
  private AcmeServer server;
  private Path repository;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void start() throws Exception {
    server = AcmeServer.empty(folder.resolve("data"));
    repository = Files.createDirectory(folder.resolve("api"));
    git("init", "-q", "-b", "main");
    commit("README", "nothing\n", "Start");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all =
        new ArrayList<>(List.of("export", "--server", server.address("/").toString()));
    all.addAll(Arrays.asList(arguments));
    return Commands.line()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private String git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
    command.addAll(List.of("-c", "user.name=ann", "-c", "user.email=ann@acme.example"));
    command.addAll(Arrays.asList(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + text);
    }
    return text.stripTrailing();
  }

  private String commit(String path, String text, String message) throws Exception {
    Files.writeString(repository.resolve(path), text);
    git("add", "-A");
    git("commit", "-q", "-m", message);
    return git("rev-parse", "HEAD");
  }

  private void decide(int number, String merge, @Nullable String base, Verdict... verdicts)
      throws Exception {
    server
        .store()
        .changes()
        .decided(
            List.of(
                new Attribution(
                    new Change(
                        "github.com/acme/api",
                        number,
                        "Change " + number,
                        "ann",
                        null,
                        MERGED,
                        merge,
                        base,
                        null,
                        null),
                    Attribution.State.FINAL,
                    null,
                    1,
                    1,
                    MERGED,
                    true,
                    Arrays.asList(verdicts))));
  }

  private static Verdict by(String path, int line) {
    return new Verdict(path, line, true, true, "exact", SESSION, "t1", 0, null);
  }

  private String notes() {
    return folder.resolve("api").toString();
  }

  @Test
  void notes_standOnTheCommitsOfTheBranch_andAgainTheyAreTheSame() throws Exception {
    git("checkout", "-q", "-b", "topic");
    String one = commit("a.py", "one = 1\ntwo = 2\n", "One");
    String two = commit("a.py", "zero = 0\none = 1\ntwo = 2\n", "Two");
    git("checkout", "-q", "main");
    git("merge", "-q", "--no-ff", "-m", "Merge pull request #1 from acme/topic", "topic");
    String merge = git("rev-parse", "HEAD");
    String squash = commit("b.py", "four = 4\n", "Squashed (#2)");
    decide(1, merge, null, by("a.py", 1), by("a.py", 2), by("a.py", 3));
    decide(2, squash, null, by("b.py", 1));
    decide(3, "f".repeat(40), null, by("c.py", 1));

    assertThat(run("--format", "git-ai-notes", "--write-to", notes())).as(err.toString()).isZero();
    assertThat(out.toString())
        .isEqualTo(
            """
            3 notes written to refs/notes/ai, 0 as before
            1 changes are not in this repository
            """);
    assertThat(git("notes", "--ref=ai", "show", one))
        .startsWith("a.py\n  ")
        .contains(" 1-2\n---\n");
    assertThat(git("notes", "--ref=ai", "show", two)).startsWith("a.py\n  ").contains(" 1\n---\n");
    assertThat(git("notes", "--ref=ai", "show", squash)).startsWith("b.py\n").contains(SESSION);
    assertThat(git("notes", "--ref=ai", "list")).as("none on the merge").doesNotContain(merge);

    decide(2, squash, null, by("b.py", 1), by("README", 1));
    assertThat(run("--format", "git-ai-notes", "--write-to", notes())).isZero();
    assertThat(out.toString())
        .startsWith("0 notes written to refs/notes/ai, 3 as before\n")
        .contains("1 lines were written by no commit of their branch");
  }

  @Test
  void noteOfAnotherTool_isLeftAndCounted() throws Exception {
    String squash = commit("b.py", "four = 4\n", "Squashed (#2)");
    String other = commit("c.py", "five = 5\n", "Squashed (#3)");
    git("notes", "--ref=ai", "add", "-m", "b.py\n  d9978a8723e02b52 1\n---\n{}", squash);
    decide(2, squash, null, by("b.py", 1));
    decide(3, other, null, by("c.py", 1));

    assertThat(run("--format", "git-ai-notes", "--write-to", notes())).isZero();
    assertThat(out.toString())
        .isEqualTo(
            """
            1 notes written to refs/notes/ai, 0 as before
            1 commits have a note that another tool wrote: left as it is
            """);
    assertThat(git("notes", "--ref=ai", "show", squash)).contains("d9978a8723e02b52");
    assertThat(git("notes", "--ref=ai", "show", other)).contains(SESSION);
  }

  @Test
  void ourOwnNote_followsTheVerdicts() throws Exception {
    String squash = commit("b.py", "four = 4\nfive = 5\n", "Squashed (#2)");
    decide(2, squash, null, by("b.py", 1));
    assertThat(run("--format", "git-ai-notes", "--write-to", notes())).isZero();
    decide(2, squash, null, by("b.py", 1), by("b.py", 2));
    assertThat(run("--format", "git-ai-notes", "--write-to", notes())).isZero();
    assertThat(out.toString()).startsWith("1 notes written");
    assertThat(git("notes", "--ref=ai", "show", squash)).contains(" 1-2\n");
  }

  @Test
  void file_isWhatTheServerGives() throws Exception {
    decide(3, "f".repeat(40), null, by("c.py", 1));
    for (String format : new String[] {"csv", "jsonl", "agent-trace"}) {
      Path file = folder.resolve("out-" + format);
      assertThat(run("--format", format, "--out", file.toString())).as(err.toString()).isZero();
      String name =
          format.equals("csv")
              ? "lines.csv"
              : format.equals("jsonl") ? "lines.jsonl" : "agent-trace.jsonl";
      assertThat(Files.readString(file))
          .isEqualTo(server.get("/api/v1/export/" + name).body())
          .contains("github.com/acme/api#3");
      assertThat(run("--format", format, "--out", file.toString(), "--to", "2026-11-09")).isZero();
      assertThat(Files.readString(file)).doesNotContain("acme");
    }
    assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".unfinished"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --format xml                        | 2 | --format: 'xml' is none of agent-trace, git-ai-notes, jsonl, csv
          --format git-ai-notes               | 2 | --write-to is missing: the git repository that gets the notes
          --format csv --write-to .           | 2 | --write-to: only git-ai-notes are written to a repository
          --format git-ai-notes --write-to . --out x | 2 | --out: git-ai-notes go to the repository of --write-to
          --format csv --from yesterday       | 1 | the server refused: from must be a day as YYYY-MM-DD; it is "yesterday".
          --format csv --server http://127.0.0.1:1/ | 2 | option '--server' (URL) should be specified only once
          --format git-ai-notes --write-to /no/such | 1 | no note was written: /no/such is not a folder
          """)
  void mistake_isOneMessage(String line, int code, String message) {
    assertThat(run(line.split(" ", -1))).isEqualTo(code);
    assertThat(err.toString()).startsWith("assay: " + message);
  }

  @Test
  void noServer_isOneMessageThatSaysWhatToDo() {
    StringWriter said = new StringWriter();
    int code =
        Commands.line()
            .setErr(new PrintWriter(said, true))
            .execute("export", "--format", "csv", "--data", folder.resolve("none").toString());
    assertThat(code).isEqualTo(ExitCode.FAILED);
    assertThat(said.toString())
        .contains("no server runs on " + folder.resolve("none"), "assay up")
        .hasLineCount(1);
  }
}
