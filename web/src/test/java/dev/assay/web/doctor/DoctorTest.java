package dev.assay.web.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.web.config.Config;
import dev.assay.web.config.Setting;
import dev.assay.web.remote.Credentials;
import dev.assay.web.remote.RemoteServer;
import dev.assay.web.status.ServerStatus;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<Setting, List<String>> flags = new EnumMap<>(Setting.class);
  private @Nullable Path config;

  @BeforeEach
  void home() {
    environment.put("HOME", folder.toString());
    flags.put(Setting.DATA, List.of(folder.resolve("data").toString()));
    for (Setting port : List.of(Setting.WEB_PORT, Setting.OTLP_GRPC_PORT, Setting.OTLP_HTTP_PORT)) {
      flags.put(port, List.of("0"));
    }
  }

  private List<Finding> examine() throws Exception {
    return new Doctor(
            Config.resolve(flags, environment, config),
            data -> RemoteServer.on(data, Credentials.none()),
            environment)
        .examine();
  }

  private static Finding only(List<Finding> findings, String subject) {
    List<Finding> found = findings.stream().filter(f -> f.subject().equals(subject)).toList();
    assertThat(found).as(subject).hasSize(1);
    return found.get(0);
  }

  private Path transcript() throws Exception {
    Path project = Files.createDirectories(folder.resolve(".claude/projects/-src-api"));
    return Files.writeString(project.resolve("session.jsonl"), "{}\n");
  }

  @Test
  void freshMachine_wantsATranscriptAndSaysHowToStart() throws Exception {
    List<Finding> findings = examine();

    assertThat(only(findings, "Claude Code").level()).isEqualTo(Finding.Level.MEND);
    assertThat(only(findings, "server").mend()).contains("assay up");
    assertThat(only(findings, "agent").mend()).contains("assay up");
    assertThat(only(findings, "Java").level()).isEqualTo(Finding.Level.OK);
    assertThat(only(findings, "git").level()).isEqualTo(Finding.Level.OK);
    assertThat(only(findings, "data").text()).contains("not made yet");
  }

  @Test
  void transcripts_areCounted() throws Exception {
    transcript();

    Finding finding = only(examine(), "Claude Code");

    assertThat(finding.level()).isEqualTo(Finding.Level.OK);
    assertThat(finding.text()).contains("1 transcripts");
  }

  @Test
  void namedHomeThatIsMissing_isToBeMended() throws Exception {
    transcript();
    flags.put(
        Setting.CLAUDE_HOME,
        List.of(folder.resolve(".claude").toString(), folder.resolve("gone").toString()));

    assertThat(examine())
        .anySatisfy(
            finding -> {
              assertThat(finding.level()).isEqualTo(Finding.Level.MEND);
              assertThat(finding.text()).contains(folder.resolve("gone").toString());
              assertThat(finding.mend()).contains("--claude-home");
            });
  }

  @Test
  void claudeConfigDir_isFollowed() throws Exception {
    transcript();
    environment.put("CLAUDE_CONFIG_DIR", folder.resolve(".claude").toString());
    environment.put("HOME", folder.resolve("elsewhere").toString());

    assertThat(only(examine(), "Claude Code").text()).contains("1 transcripts");
  }

  @Test
  void portInUse_namesPortAndFlag() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      flags.put(Setting.WEB_PORT, List.of(String.valueOf(taken.getLocalPort())));

      assertThat(examine())
          .anySatisfy(
              finding -> {
                assertThat(finding.text()).contains("port " + taken.getLocalPort());
                assertThat(finding.mend()).contains("--web-port");
              });
    }
  }

  @Test
  void telemetryOff_isANoteWithTheVariables() throws Exception {
    Finding finding = only(examine(), "native telemetry");

    assertThat(finding.level()).isEqualTo(Finding.Level.NOTE);
    assertThat(finding.mend()).contains("CLAUDE_CODE_ENABLE_TELEMETRY=1");
  }

  @Test
  void telemetryWithoutProtocol_isToBeMended() throws Exception {
    environment.put("CLAUDE_CODE_ENABLE_TELEMETRY", "1");
    environment.put("OTEL_LOGS_EXPORTER", "otlp");

    Finding finding = only(examine(), "native telemetry");

    assertThat(finding.level()).isEqualTo(Finding.Level.MEND);
    assertThat(finding.text()).contains("OTEL_EXPORTER_OTLP_PROTOCOL");
  }

  @Test
  void telemetryInSettings_isSeen() throws Exception {
    transcript();
    flags.put(Setting.OTLP_GRPC_PORT, List.of("14317"));
    Files.writeString(
        folder.resolve(".claude/settings.json"),
        """
        {"env": {"CLAUDE_CODE_ENABLE_TELEMETRY": "1", "OTEL_LOGS_EXPORTER": "otlp",
          "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc",
          "OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:14317"}}
        """);

    Finding finding = only(examine(), "native telemetry");

    assertThat(finding.level()).isEqualTo(Finding.Level.OK);
    assertThat(finding.text()).isEqualTo("logs to http://localhost:14317");
  }

  @Test
  void telemetryToElsewhere_isANote() throws Exception {
    environment.put("CLAUDE_CODE_ENABLE_TELEMETRY", "1");
    environment.put("OTEL_METRICS_EXPORTER", "console,otlp");
    environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json");
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector.example.com");

    Finding finding = only(examine(), "native telemetry");

    assertThat(finding.level()).isEqualTo(Finding.Level.NOTE);
    assertThat(finding.text()).contains("https://collector.example.com", "not to this server");
  }

  @Test
  void agentStatus_tellsWhatWasSkippedAndWithheld() throws Exception {
    Path agent = Files.createDirectories(folder.resolve("data/agent"));
    Files.writeString(
        agent.resolve("status.json"),
        """
        {"pid": 1, "updatedAt": "2026-01-01T00:00:00Z", "state": "stopped", "claudeHomes": [],
         "transcripts": 3, "bytesTotal": 9, "bytesRead": 9, "recordsRead": 40,
         "recordsSkipped": {"malformed": 2}, "observations": {"assay.edit": 1},
         "withheld": {"ignored": 4}, "spooledBytes": 5, "exported": 30, "refused": 0,
         "lastError": "http://127.0.0.1:4317: connection refused"}
        """);

    List<Finding> findings = examine();

    assertThat(findings)
        .extracting(Finding::text)
        .anyMatch(text -> text.contains("40 records of 3 transcripts read"))
        .anyMatch(text -> text.contains("records skipped: {malformed=2}"))
        .anyMatch(text -> text.contains("withheld for privacy: {ignored=4}"))
        .anyMatch(text -> text.contains("5 bytes wait on disk"))
        .anyMatch(text -> text.contains("connection refused"));
  }

  @Test
  void tokensThatNobodyIsAskedFor_areToBeMended() throws Exception {
    flags.put(Setting.TOKENS_FILE, List.of(folder.resolve("tokens").toString()));

    Finding finding = only(examine(), "tokens");

    assertThat(finding.level()).isEqualTo(Finding.Level.MEND);
    assertThat(finding.text()).contains("nobody is asked", folder.resolve("tokens").toString());
    assertThat(finding.mend()).contains("authenticator: bearertokenauth");
  }

  @Test
  void tokensThatOneListenerAsksFor_areNot() throws Exception {
    flags.put(Setting.TOKENS_FILE, List.of(folder.resolve("tokens").toString()));
    config =
        Files.writeString(
            folder.resolve("assay.yaml"),
            "exporters: {dashboard: {auth: {authenticator: bearertokenauth}}}\n");

    assertThat(examine()).extracting(Finding::subject).doesNotContain("tokens");
  }

  @Test
  void staleServerFile_isNoRunningServer() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    ServerStatus.Place gone = new ServerStatus.Place("http://127.0.0.1:1", false, null);
    new ServerStatus(deadProcess(), gone, gone, gone).write(data);

    assertThat(only(examine(), "server").text()).contains("none runs");
  }

  private static long deadProcess() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    return process.pid();
  }
}
