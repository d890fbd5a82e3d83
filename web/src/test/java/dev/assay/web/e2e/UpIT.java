package dev.assay.web.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UpIT {
  private static final String CAPTURE = "claude-code-2.1.330/headless-http-protobuf";
  private static final String SUMMARY = "/api/v1/summary";

  @TempDir Path folder;
  private Scene scene;
  private Path data;

  @BeforeEach
  void scene() throws Exception {
    scene = Scene.in(folder, CAPTURE);
    data = folder.resolve("data");
  }

  private RunningAssay up() throws Exception {
    return RunningAssay.start("up", data, "--claude-home", scene.claudeHome().toString());
  }

  private static boolean whole(JsonNode summary) {
    return summary.path("linesAccepted").asInt() == Scene.LINES_ACCEPTED
        && summary.path("linesWithClaudeCode").asInt() == Scene.LINES_WITH_CLAUDE_CODE;
  }

  private static void check(JsonNode summary) {
    assertThat(summary.path("pullRequests").asInt()).isEqualTo(1);
    assertThat(summary.path("pullRequestsWithClaudeCode").asInt()).isEqualTo(1);
    assertThat(summary.path("lines").asInt()).isEqualTo(Scene.LINES);
    assertThat(summary.path("linesWithClaudeCode").asInt()).isEqualTo(Scene.LINES_WITH_CLAUDE_CODE);
    assertThat(summary.path("accepted").asInt()).isEqualTo(Scene.ACCEPTED);
    assertThat(summary.path("rejected").asInt()).isZero();
    assertThat(summary.path("linesAccepted").asInt()).isEqualTo(Scene.LINES_ACCEPTED);
    assertThat(summary.path("sessions").asInt()).isEqualTo(1);
    assertThat(summary.path("users").asInt()).isEqualTo(1);
  }

  @Test
  void up_findsTheSessionItsRepositoryAndTheMergedPullRequest() throws Exception {
    try (RunningAssay assay = up()) {
      JsonNode summary = assay.await(SUMMARY, UpIT::whole);

      check(summary);
      assertThat(summary.path("tokens").path("input").asInt()).isEqualTo(7221);
      assertThat(summary.path("spendUsd").asDouble()).isEqualTo(0.062304);
      JsonNode pulls = assay.get("/api/v1/pull-requests");
      assertThat(pulls.path("items").size()).isEqualTo(1);
    }
  }

  @Test
  void mergeWhileItRuns_appears() throws Exception {
    try (RunningAssay assay = up()) {
      assay.await(SUMMARY, UpIT::whole);

      Process merge =
          new ProcessBuilder(
                  "git",
                  "-C",
                  scene.checkout().toString(),
                  "commit",
                  "-q",
                  "--allow-empty",
                  "-m",
                  "Nothing new (#2)")
              .inheritIO()
              .start();
      assertThat(merge.waitFor()).isZero();

      assay.await(SUMMARY, summary -> summary.path("pullRequests").asInt() == 2);
    }
  }

  @Test
  void agentAndTelemetryTogether_countOnce() throws Exception {
    try (RunningAssay assay = up()) {
      JsonNode before = assay.await(SUMMARY, UpIT::whole);

      for (int i = 0; i < 3; i++) {
        new Captured(CAPTURE).send(assay.port("otlpHttp"));
      }

      JsonNode after =
          assay.await("/api/v1/coverage", coverage -> coverage.path("exporters").size() > 1);
      assertThat(after.path("sessions").asInt()).isEqualTo(1);
      JsonNode summary = assay.get(SUMMARY);
      check(summary);
      assertThat(summary.path("tokens")).isEqualTo(before.path("tokens"));
      assertThat(summary.path("spendUsd")).isEqualTo(before.path("spendUsd"));
    }
  }

  @Test
  void kill9AndRestart_losesNothing() throws Exception {
    for (Duration after : List.of(Duration.ZERO, Duration.ofMillis(300), Duration.ofSeconds(2))) {
      RunningAssay assay = up();
      Thread.sleep(after.toMillis());
      long agent = agentPid();
      assay.kill();
      awaitEnd(agent);
    }

    try (RunningAssay assay = up()) {
      check(assay.await(SUMMARY, UpIT::whole));
      assay.kill();
    }
    // What was shown once is there at once: without an agent that could tell it again.
    try (RunningAssay assay = RunningAssay.start("server", data)) {
      check(assay.get(SUMMARY));
    }
  }

  @Test
  void sigterm_stopsBoth() throws Exception {
    try (RunningAssay assay = up()) {
      assay.await(SUMMARY, UpIT::whole);
      long agent = agentPid();

      assertThat(assay.stop()).isEqualTo(143);
      awaitEnd(agent);
    }
  }

  @Test
  void agentThatDies_stopsTheServer() throws Exception {
    try (RunningAssay assay = up()) {
      assay.await(SUMMARY, UpIT::whole);

      ProcessHandle.of(agentPid()).orElseThrow().destroyForcibly();

      assertThat(assay.exitCode()).isEqualTo(1);
      assertThat(assay.said()).contains("the agent ended by itself");
    }
  }

  @Test
  void secondServerOnTheSameData_isOneMessage() throws Exception {
    try (RunningAssay assay = RunningAssay.start("server", data)) {
      RunningAssay.Ended second =
          RunningAssay.run(Map.of(), "server", "--data", data.toString(), "--web-port", "0");

      assertThat(second.code()).isEqualTo(1);
      assertThat(second.said())
          .contains(data.toString(), String.valueOf(assay.pid()))
          .hasLineCount(1);
    }
  }

  @Test
  void doctor_seesTheRunningServer() throws Exception {
    try (RunningAssay assay = up()) {
      assay.await(SUMMARY, UpIT::whole);

      RunningAssay.Ended doctor =
          RunningAssay.run(
              Map.of(),
              "doctor",
              "--data",
              data.toString(),
              "--claude-home",
              scene.claudeHome().toString());

      assertThat(doctor.code()).as(doctor.said()).isZero();
      assertThat(doctor.said())
          .contains("ready at " + assay.base() + "/")
          .contains("assay-agent")
          .contains("1 merged pull requests")
          .contains("Nothing is amiss.");
    }
  }

  private long agentPid() throws Exception {
    Path status = data.resolve("agent/status.json");
    for (int i = 0; i < 600 && !Files.exists(status); i++) {
      Thread.sleep(50);
    }
    return new JsonMapper().readTree(Files.readAllBytes(status)).path("pid").asLong();
  }

  private static void awaitEnd(long pid) throws Exception {
    for (int i = 0; i < 600; i++) {
      if (ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true)) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("the agent (process " + pid + ") lives on");
  }
}
