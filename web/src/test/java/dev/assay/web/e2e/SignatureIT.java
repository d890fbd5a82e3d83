package dev.assay.web.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.proto.signature.Keyring;
import dev.assay.proto.signature.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Content mode {@code signature}, in the whole program: what it finds is what text finds, and no
 * line of the session is anywhere in the data directory.
 */
class SignatureIT {
  private static final String CAPTURE = "claude-code-2.1.330/headless-http-protobuf";
  private static final String SUMMARY = "/api/v1/summary";

  /** Lines and pieces of lines that the session wrote, removed or read. */
  private static final List<String> WRITTEN =
      List.of(
          "def load_items",
          "Read items from a JSON file",
          "with open(path",
          "json.load(handle)",
          "row['quantity'] > 0",
          "from dataclasses import");

  private static final Search SEARCH = new Search(WRITTEN);

  @TempDir Path folder;
  private Scene scene;
  private Path data;
  private Path keyFile;

  @BeforeEach
  void scene() throws Exception {
    scene = Scene.in(folder, CAPTURE);
    data = folder.resolve("data");
    keyFile = folder.resolve("assay.key");
    Keyring.make(keyFile);
  }

  private RunningAssay start(String command, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--repository", scene.checkout().toString()));
    if (command.equals("up")) {
      all.addAll(List.of("--claude-home", scene.claudeHome().toString()));
    }
    all.addAll(List.of(options));
    return RunningAssay.start(command, data, all.toArray(String[]::new));
  }

  @Test
  void up_judgesAsWithText_andNoLineIsAnywhere() throws Exception {
    String[] mode = {"--content-mode", "signature", "--key-file", keyFile.toString()};
    try (RunningAssay assay = start("up", mode)) {
      new Captured(CAPTURE).send(assay.port("otlpHttp"));
      JsonNode summary =
          assay.await(
              SUMMARY, s -> s.path("linesWithClaudeCode").asInt() == Scene.LINES_WITH_CLAUDE_CODE);
      assertThat(summary.path("linesAccepted").asInt()).isEqualTo(Scene.LINES_ACCEPTED);
      assertThat(summary.path("lines").asInt()).isEqualTo(Scene.LINES);
      assertThat(SEARCH.files(data)).as("while it runs").isEmpty();
      assay.kill(); // the log of the database is still there
    }
    assertThat(SEARCH.files(data)).as("after a crash").isEmpty();
    assertThat(SEARCH.database(data)).isEmpty();
  }

  /** The same search finds the lines where they are: it can fail. */
  @Test
  void up_withText_isFoundByTheSearch() throws Exception {
    try (RunningAssay assay = start("up")) {
      assay.await(
          SUMMARY, s -> s.path("linesWithClaudeCode").asInt() == Scene.LINES_WITH_CLAUDE_CODE);
      assay.kill();
    }
    assertThat(SEARCH.files(data)).isNotEmpty();
    assertThat(SEARCH.database(data)).isNotEmpty();
  }

  @Test
  void agentAlone_spoolsNoText() throws Exception {
    for (boolean signed : new boolean[] {true, false}) {
      Path own = Files.createDirectories(folder.resolve("agent-" + signed));
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "agent", "run", "--endpoint", "http://127.0.0.1:9", "--data", own.toString()));
      arguments.addAll(List.of("--claude-home", scene.claudeHome().toString()));
      arguments.addAll(List.of("--agent-hook-port", "0"));
      if (signed) {
        arguments.addAll(List.of("--content-mode", "signature", "--key-file", keyFile.toString()));
      }
      Process agent =
          RunningAssay.launcher(arguments)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("agent.out").toFile())
              .start();
      try {
        awaitSpooled(own);
      } finally {
        agent.destroy();
        assertThat(agent.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(SEARCH.files(own).isEmpty()).as("signed: " + signed).isEqualTo(signed);
    }
  }

  @Test
  void textOfAnAgent_isSignedBeforeItIsKept() throws Exception {
    String[] mode = {"--content-mode", "signature", "--key-file", keyFile.toString()};
    try (RunningAssay assay = start("server", mode)) {
      agent(assay, "--content-mode", "text");
      assay.await(
          SUMMARY, s -> s.path("linesWithClaudeCode").asInt() == Scene.LINES_WITH_CLAUDE_CODE);
      assay.kill();
    }
    Path agents = data.resolve("agent");
    assertThat(SEARCH.files(data))
        .as("but in the agent's own spool")
        .allMatch(f -> f.startsWith(agents.toString()));
    assertThat(SEARCH.database(data)).isEmpty();
  }

  @Test
  void serverWithAnotherKey_isUndecided_neverZero() throws Exception {
    Path other = folder.resolve("other.key");
    Keyring.make(other);
    String id = SigningKey.shown(Keyring.read(keyFile, null).first().id());
    for (String[] options :
        new String[][] {{"--key-file", other.toString()}, {"--content-mode", "text"}}) {
      data = Files.createTempDirectory(folder, "data-");
      try (RunningAssay assay = start("server", options)) {
        agent(assay, "--content-mode", "signature", "--key-file", keyFile.toString());
        JsonNode pulls =
            assay.await(
                "/api/v1/pull-requests",
                p -> p.path("items").path(0).path("state").asString("").equals("undecided"));
        assertThat(pulls.path("items").path(0).path("undecidedReason").asString()).contains(id);
        JsonNode summary = assay.get(SUMMARY);
        assertThat(summary.path("undecided").asInt()).isEqualTo(1);
        assertThat(summary.path("pullRequestsWithClaudeCode").asInt()).isZero();
      }
    }
  }

  @Test
  void withoutKeyFile_nothingStarts() throws Exception {
    RunningAssay.Ended ended =
        RunningAssay.run(
            Map.of(), "server", "--data", data.toString(), "--content-mode", "signature");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.said()).contains("--key-file").contains("openssl rand -hex 32");
    assertThat(data.resolve("facts.duckdb")).doesNotExist();
  }

  /** Reads the session and delivers it to the server, beside it. */
  private void agent(RunningAssay assay, String... mode) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "agent",
                "run",
                "--endpoint",
                "http://127.0.0.1:" + assay.port("otlpGrpc"),
                "--data",
                data.toString(),
                "--claude-home",
                scene.claudeHome().toString(),
                "--agent-hook-port",
                "0"));
    arguments.addAll(List.of(mode));
    Process agent =
        RunningAssay.launcher(arguments)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("agent.out").toFile())
            .start();
    try {
      assay.await(SUMMARY, s -> s.path("linesAccepted").asInt() == Scene.LINES_ACCEPTED);
    } finally {
      agent.destroy();
      assertThat(agent.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void awaitSpooled(Path own) throws Exception {
    long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    Path places = own.resolve("agent/places.json"); // written after what it tells of is spooled
    while (!Files.exists(places)) {
      assertThat(System.nanoTime()).as("nothing was spooled").isLessThan(limit);
      Thread.sleep(50);
    }
  }
}
