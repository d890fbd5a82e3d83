package dev.assay.web.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receiver.tls.Certificates;
import dev.assay.receiver.tls.ClientTls;
import dev.assay.receiver.tls.ClientTlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A server with TLS and tokens, an agent, and the commands that ask it: each a real process. */
class GuardedIT {
  private static final String SUMMARY = "/api/v1/summary";

  @TempDir Path folder;
  private Scene scene;
  private Path data;
  private Path tokens;
  private Certificates server;
  private Certificates client;

  @BeforeEach
  void scene() throws Exception {
    scene = Scene.in(folder, "claude-code-2.1.330/headless-http-protobuf");
    data = folder.resolve("data");
    tokens = folder.resolve("tokens");
    server = Certificates.make(folder, "server");
    client = Certificates.make(folder, "client");
  }

  @Test
  void tokens_letTheAgentSend_andTheCommandsRead() throws Exception {
    Path read = token("read");
    Path ingest = token("ingest");
    try (RunningAssay assay = start(null, read)) {
      assertThat(assay.base()).startsWith("https://");
      Path agentToken = Files.copy(read, folder.resolve("agent-token"));
      try (Agent agent = agent(assay, "--token-file", agentToken.toString())) {
        agent.awaitError("PERMISSION_DENIED");
        Files.copy(ingest, agentToken, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assay.await(
            SUMMARY, s -> s.path("linesWithClaudeCode").asInt() == Scene.LINES_WITH_CLAUDE_CODE);
        assertThat(assay.get(SUMMARY).path("linesAccepted").asInt())
            .isEqualTo(Scene.LINES_ACCEPTED);
        awaitStatusWithoutError();

        assertThat(doctor("--token-file", read.toString()))
            .satisfies(ended -> assertThat(ended.code()).as(ended.said()).isZero())
            .satisfies(
                ended ->
                    assertThat(ended.said())
                        .contains("ready at " + assay.base() + "/")
                        .contains("OTEL_EXPORTER_OTLP_ENDPOINT=https://127.0.0.1:")
                        .contains("OTEL_EXPORTER_OTLP_HEADERS")
                        .contains("Nothing is amiss."));
      }
      assertThat(doctor().said())
          .contains("MEND  server")
          .contains(" asks for a token")
          .contains("a token with the scope read: --token-file FILE");
      assertThat(doctor("--token-file", ingest.toString()).said())
          .contains("does not let this token read")
          .doesNotContain(Files.readString(ingest).strip());

      Path csv = folder.resolve("lines.csv");
      RunningAssay.Ended exported =
          export("--out", csv.toString(), "--token-file", read.toString());
      assertThat(exported.code()).as(exported.said()).isZero();
      assertThat(Files.readAllLines(csv).stream().filter(line -> line.contains(",true,true,")))
          .hasSize(Scene.LINES_WITH_CLAUDE_CODE);
      assertRefused(export(), "asks for a token: it needs a token with the scope read");
      assertThat(
              RunningAssay.run(
                      Map.of("ASSAY_TOKEN", Files.readString(read)),
                      exportOf("--data", data.toString()))
                  .code())
          .isZero();

      // From afar: nothing is known of it but its address.
      String[] named = {"--server", assay.base() + "/", "--token-file", read.toString()};
      assertRefused(
          export(named), "nobody signed whom we trust: name those who signed it with --ca-file");
      List<String> trusting = new ArrayList<>(Arrays.asList(named));
      trusting.addAll(List.of("--ca-file", server.cert().toString()));
      assertThat(export(trusting.toArray(String[]::new)).code()).isZero();
      named[1] = assay.base().replace("https", "http");
      assertRefused(export(named), "where it speaks TLS its address begins with https://");
    }
  }

  @Test
  void clientsCertificates_areAskedFor_andTheServersMayBeRenewed() throws Exception {
    Path read = token("read");
    Path ingest = token("ingest");
    String[] own = {
      "--cert-file", client.cert().toString(), "--cert-key-file", client.key().toString()
    };
    try (RunningAssay assay = start(client.cert(), read)) {
      try (Agent agent = agent(assay, "--token-file", ingest.toString())) {
        agent.awaitError("");
      }
      assertThat(assay.get(SUMMARY).path("sessions").asInt()).isZero();
      List<String> let = new ArrayList<>(List.of("--token-file", ingest.toString()));
      let.addAll(List.of(own));
      try (Agent agent = agent(assay, let.toArray(String[]::new))) {
        assay.await(SUMMARY, s -> s.path("linesAccepted").asInt() == Scene.LINES_ACCEPTED);
        assertThat(agent.process().isAlive()).isTrue();
      }
      assertThat(doctor("--token-file", read.toString()).said())
          .contains("--cert-file and --cert-key-file");
      let.set(1, read.toString());
      assertThat(doctor(let.toArray(String[]::new)).said())
          .contains("ready at " + assay.base() + "/");

      Certificates next = Certificates.make(folder, "next");
      server.become(next);
      assay.as(trust(next.cert()), Files.readString(read).strip());
      awaitAnswer(assay);
      assertThat(doctor(let.toArray(String[]::new)).said())
          .as("after the certificate was renewed")
          .contains("ready at " + assay.base() + "/");
      assertThat(export(let.toArray(String[]::new)).code()).isZero();
    }
  }

  @Test
  void tokensAlone_onLoopback_guardNothing_andTheServerSaysSo() throws Exception {
    token("read");
    try (RunningAssay assay =
        RunningAssay.start("server", data, "--tokens-file", tokens.toString())) {
      assertThat(assay.get(SUMMARY).path("sessions").asInt()).isZero();
      assay.awaitSaid(List.of("assay: nobody is asked for one of the tokens of --tokens-file"));
    }
  }

  @Test
  void up_withAGuardedListener_saysWhatToStartInstead() throws Exception {
    RunningAssay.Ended ended =
        RunningAssay.run(
            Map.of(), "up", "--data", data.toString(), "--config", config(null).toString());

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.said()).contains("start assay server, and beside it assay agent");
  }

  /** The agent writes its status down every few seconds. */
  private void awaitStatusWithoutError() throws Exception {
    long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    Path status = data.resolve("agent/status.json");
    while (!Files.exists(status)
        || !new JsonMapper().readTree(Files.readAllBytes(status)).path("lastError").isNull()) {
      assertThat(System.nanoTime()).as("its status still has an error").isLessThan(limit);
      Thread.sleep(50);
    }
  }

  private static void awaitAnswer(RunningAssay assay) throws Exception {
    long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (true) {
      try {
        assay.get(SUMMARY);
        return;
      } catch (java.io.IOException notYet) {
        assertThat(System.nanoTime()).as("the new certificate is not shown").isLessThan(limit);
        Thread.sleep(50);
      }
    }
  }

  private static void assertRefused(RunningAssay.Ended ended, String why) {
    assertThat(ended.code()).as(ended.said()).isEqualTo(1);
    assertThat(ended.said()).startsWith("assay: the server at ").contains(why).hasLineCount(1);
  }

  /** By the program's own command. */
  private Path token(String scope) throws Exception {
    RunningAssay.Ended made =
        RunningAssay.run(
            Map.of(),
            "token",
            "create",
            "--team",
            "payments",
            "--scope",
            scope,
            "--tokens-file",
            tokens.toString());
    assertThat(made.code()).as(made.said()).isZero();
    String token = made.said().lines().filter(line -> line.startsWith("assay_")).findFirst().get();
    return Files.writeString(folder.resolve(scope), token + "\n");
  }

  private RunningAssay start(@Nullable Path clientCa, Path read) throws Exception {
    return RunningAssay.start(
            "server",
            data,
            "--config",
            config(clientCa).toString(),
            "--repository",
            scene.checkout().toString())
        .as(trust(server.cert()), Files.readString(read).strip());
  }

  private javax.net.ssl.SSLContext trust(Path authority) throws Exception {
    return ClientTls.read(new ClientTlsFiles(authority, client.cert(), client.key()), "test")
        .context();
  }

  private Path config(@Nullable Path clientCa) throws Exception {
    String guard =
        "{tls: {cert_file: %s, key_file: %s, reload_interval: 1s%s}, auth: {authenticator: bearertokenauth}}"
            .formatted(
                server.cert(),
                server.key(),
                clientCa == null ? "" : ", client_ca_file: " + clientCa);
    return Files.writeString(
        folder.resolve("assay.yaml"),
        """
        receivers:
          otlp:
            protocols:
              grpc: %s
              http: %s
        exporters:
          dashboard: %s
        extensions:
          bearertokenauth:
            filename: %s
        """
            .formatted(guard, guard, guard, tokens));
  }

  private RunningAssay.Ended doctor(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("doctor", "--data", data.toString()));
    all.addAll(List.of("--claude-home", scene.claudeHome().toString()));
    all.addAll(List.of(options));
    return RunningAssay.run(Map.of(), all.toArray(String[]::new));
  }

  private RunningAssay.Ended export(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--data", data.toString()));
    all.addAll(List.of(options));
    return RunningAssay.run(Map.of(), exportOf(all.toArray(String[]::new)));
  }

  private String[] exportOf(String... options) {
    List<String> all = new ArrayList<>(List.of("export", "--format", "csv"));
    if (!List.of(options).contains("--out")) {
      all.addAll(List.of("--out", folder.resolve("some.csv").toString()));
    }
    all.addAll(List.of(options));
    return all.toArray(String[]::new);
  }

  private Agent agent(RunningAssay assay, String... options) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "agent",
                "run",
                "--endpoint",
                "https://127.0.0.1:" + assay.port("otlpGrpc"),
                "--ca-file",
                server.cert().toString(),
                "--data",
                data.toString(),
                "--claude-home",
                scene.claudeHome().toString(),
                "--agent-hook-port",
                "0"));
    arguments.addAll(List.of(options));
    return new Agent(
        RunningAssay.launcher(arguments)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("agent.out").toFile())
            .start(),
        folder.resolve("agent.out"));
  }

  /** An agent beside the server. */
  private record Agent(Process process, Path said) implements AutoCloseable {
    /** Until it complains that it cannot deliver, with these words. */
    void awaitError(String words) throws Exception {
      long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      while (!Files.readString(said).matches("(?s).*" + words + ".*kept and tried again.*")) {
        assertThat(System.nanoTime()).as(Files.readString(said)).isLessThan(limit);
        assertThat(process.isAlive()).as(Files.readString(said)).isTrue();
        Thread.sleep(50);
      }
    }

    @Override
    public void close() {
      process.destroy();
      assertThat(process.onExit().orTimeout(60, TimeUnit.SECONDS))
          .succeedsWithin(1, TimeUnit.MINUTES);
    }
  }
}
