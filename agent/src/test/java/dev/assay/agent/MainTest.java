package dev.assay.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, as a process of its own. */
class MainTest {
  @TempDir Path folder;

  private record Ended(int status, ByteString out, String err) {
    String text() {
      return out.toStringUtf8();
    }
  }

  private Ended run(String... arguments) throws IOException, InterruptedException {
    Path err = folder.resolve("err");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    ByteString out;
    try (InputStream in = process.getInputStream()) {
      out = ByteString.readFrom(in);
    }
    return new Ended(process.waitFor(), out, Files.readString(err));
  }

  @Test
  void export_writesDelimitedRequests_andNothingElse() throws Exception {
    Captures.install(
        folder.resolve("home"), Captures.transcript("claude-code-2.1.197", "headless-grpc"));

    Ended ended = run("export", "--claude-home", folder.resolve("home").toString());

    assertThat(ended.status()).isZero();
    Sent sent = new Sent();
    try (InputStream in = ended.out().newInput()) {
      for (ExportLogsServiceRequest request = ExportLogsServiceRequest.parseDelimitedFrom(in);
          request != null;
          request = ExportLogsServiceRequest.parseDelimitedFrom(in)) {
        sent.accept(request);
      }
    }
    assertThat(sent.records()).hasSize(13);
    assertThat(ended.err()).contains("1 transcripts, 21 records read", "no-checkout=3");
  }

  @Test
  void export_withoutAnyHome_saysWhich() throws Exception {
    Ended ended = run("export", "--claude-home", folder.resolve("nowhere").toString());
    assertThat(ended.status()).isEqualTo(Main.EXIT_NOTHING_TO_DO);
    assertThat(ended.err()).contains(folder.resolve("nowhere").toString());
  }

  @Test
  void help_hasExamples() throws Exception {
    assertThat(run("--help").text()).contains("Examples:", "run", "export", "generate-completion");
    assertThat(run("run", "--help").text()).contains("--endpoint", "--exit-with-parent", "14319");
    assertThat(run("--version").text()).startsWith("assay-agent ");
  }

  @Test
  void wrongUse_isRefused_byTheNameOfWhatIsWrong() throws Exception {
    assertThat(run("export", "--no-such-flag").err()).contains("--no-such-flag");
    assertThat(run("export", "--no-such-flag").status()).isEqualTo(2);
    assertThat(run("export", "--content-mode", "signature").err())
        .contains("--content-mode signature needs --key-file");
    assertThat(run("export", "--content-mode", "signature", "--key-file", "no.key").err())
        .contains("--key-file: key file no.key cannot be read");
    assertThat(run("export", "--content-mode", "x").err()).contains("neither text nor signature");
    assertThat(run("run", "--endpoint", "localhost:4317").err()).contains("--endpoint");
    assertThat(run("run", "--agent-otlp-http-port", "0").err()).contains("not in this version");
    assertThat(run("install").err()).contains("not in this version");
  }

  @Test
  void filesThatHoldSomethingElse_areRefused_andNeverShown() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "two secret words\n");
    for (String option : List.of("--token-file", "--ca-file")) {
      Ended ended = run("run", "--endpoint", "https://127.0.0.1:9", option, text.toString());
      assertThat(ended.status()).isEqualTo(2);
      assertThat(ended.err()).contains(option, text.toString()).doesNotContain("secret");
    }
    Ended pair =
        run(
            "run",
            "--endpoint",
            "https://127.0.0.1:9",
            "--cert-file",
            text.toString(),
            "--cert-key-file",
            text.toString());
    assertThat(pair.status()).isEqualTo(2);
    assertThat(pair.err()).contains("--cert-key-file " + text).doesNotContain("secret");
    assertThat(run("run", "--endpoint", "https://127.0.0.1:9", "--cert-file", "x").err())
        .contains("--cert-file and --cert-key-file belong together");
    assertThat(
            run("run", "--endpoint", "http://assay.example:9", "--token-file", text.toString())
                .err())
        .contains("the token would travel unencrypted");
  }

  @Test
  void run_endsWithItsParent() throws Exception {
    Files.createDirectories(folder.resolve("home/projects"));

    Ended ended =
        run(
            "run",
            "--exit-with-parent",
            "--agent-hook-port",
            "0",
            "--data",
            folder.resolve("data").toString(),
            "--claude-home",
            folder.resolve("home").toString(),
            "--endpoint",
            "http://127.0.0.1:9");

    assertThat(ended.status()).isZero();
    assertThat(ended.err()).contains("hooks are taken at http://127.0.0.1:");
    assertThat(Files.readString(folder.resolve("data/agent/status.json")))
        .contains("\"state\":\"stopped\"");
  }
}
