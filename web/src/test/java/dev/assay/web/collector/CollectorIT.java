package dev.assay.web.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.receiver.access.Scope;
import dev.assay.receiver.access.TokenFile;
import dev.assay.web.e2e.Captured;
import dev.assay.web.e2e.RunningAssay;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Claude Code's captured telemetry through the real OpenTelemetry Collector: {@code mvn -Pcollector
 * verify}. It needs go and the Go module proxy, to build the Collector.
 */
@Tag("collector")
class CollectorIT {
  private static final Captured CAPTURE =
      new Captured("claude-code-2.1.330/headless-http-protobuf");
  private static final String SUMMARY = "/api/v1/summary";
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Path program = Path.of("none");
  private int grpcPort;
  private int httpPort;

  @BeforeEach
  void collector() throws Exception {
    program = Collector.program();
    grpcPort = Collector.freePort();
    httpPort = Collector.freePort();
  }

  @ParameterizedTest
  @CsvSource({"otlp, gzip", "otlp, zstd", "otlphttp, gzip", "otlphttp, zstd", "otlphttp, none"})
  void whatPassedTheCollector_countsAsIfItHadComeAlone(String exporter, String compression)
      throws Exception {
    try (RunningAssay assay = RunningAssay.start("server", folder.resolve("data"));
        Collector collector =
            Collector.start(program, folder, httpPort, towards(assay, exporter, compression, ""))) {
      CAPTURE.send(httpPort);

      counted(assay.await(SUMMARY, CollectorIT::whole));
      assertThat(accepted(metrics(assay, ""), exporter)).isEqualTo(2);
      assertThat(collector.said()).doesNotContain("Dropping data");
    }
  }

  @ParameterizedTest
  @CsvSource({"otlp, gzip", "otlp, none", "otlphttp, gzip", "otlphttp, none"})
  void whatAssayPassesOn_isWhatTheListNames_andNothingElse(String exporter, String compression)
      throws Exception {
    Path file = folder.resolve("passed.json");
    String config =
        receiver()
            + """
            exporters: {file: {path: %s}}
            service:
              telemetry: {metrics: {level: none}}
              pipelines:
                logs: {receivers: [otlp], exporters: [file]}
                metrics: {receivers: [otlp], exporters: [file]}
            """
                .formatted(file);
    Path assayConfig =
        Files.writeString(
            folder.resolve("assay.yaml"),
            """
            exporters:
              %s/collector:
                endpoint: http://127.0.0.1:%d
                compression: %s
                timeout: 60s
            """
                .formatted(exporter, exporter.equals("otlp") ? grpcPort : httpPort, compression));
    try (Collector collector = Collector.start(program, folder, httpPort, config)) {
      try (RunningAssay assay =
          RunningAssay.start(
              "server", folder.resolve("data"), "--config", assayConfig.toString())) {
        CAPTURE.send(assay.port("otlpHttp"));
        await(assay, "outcome=\"sent\"", 2);
        assertThat(metrics(assay, "")).doesNotContain("outcome=\"dropped\"");
      }
      assertThat(collector.said()).doesNotContain("Dropping data");
    }

    List<String> passed = Telemetry.ofFile(file);
    assertThat(passed).isEqualTo(Telemetry.ofCapture(CAPTURE));
    assertThat(passed).hasSizeGreaterThan(10).anyMatch(line -> line.contains("session.id"));
    assertThat(Files.readString(file)).doesNotContain("\"tool_input\"", "\"tool_parameters\"");
  }

  @ParameterizedTest
  @CsvSource({"otlp, rate-limited", "otlphttp, rate-limited"})
  void whatAssayRefusesForNow_comesAgain_andCountsOnce(String exporter, String outcome)
      throws Exception {
    Path tokens = folder.resolve("tokens");
    TokenFile file = new TokenFile(tokens);
    String ingest = file.create("collector", Set.of(Scope.INGEST), Instant.EPOCH).token();
    String read = file.create("people", Set.of(Scope.ADMIN), Instant.EPOCH).token();
    Path config =
        Files.writeString(
            folder.resolve("assay.yaml"),
            """
            receivers:
              otlp:
                protocols:
                  grpc: {auth: {authenticator: bearertokenauth}}
                  http: {auth: {authenticator: bearertokenauth}}
            extensions:
              bearertokenauth:
                filename: %s
                rate_limit: {requests_per_second: 0.5, burst: 1}
            """
                .formatted(tokens));
    try (RunningAssay assay =
            RunningAssay.start("server", folder.resolve("data"), "--config", config.toString());
        Collector collector =
            Collector.start(
                program,
                folder,
                httpPort,
                towards(assay, exporter, "gzip", "authorization: Bearer " + ingest))) {
      CAPTURE.send(httpPort);

      counted(assay.await(SUMMARY, CollectorIT::whole));
      String metrics = metrics(assay, read);
      long limit = System.nanoTime() + PATIENCE_NANOS;
      while (accepted(metrics, exporter) < 2) { // logs, and metrics, which may come later
        assertThat(System.nanoTime()).as(metrics).isLessThan(limit);
        Thread.sleep(2_500);
        metrics = metrics(assay, read);
      }
      assertThat(metrics).contains("outcome=\"" + outcome + "\"");
      assertThat(accepted(metrics, exporter)).isEqualTo(2);
      assertThat(collector.said()).doesNotContain("Dropping data", ingest);
    }
  }

  @Test
  void whatComesBeforeAssay_waitsInTheCollector() throws Exception {
    int assayPort = Collector.freePort();
    String config = config("otlp", "127.0.0.1:" + assayPort, "gzip", "");
    try (Collector collector = Collector.start(program, folder, httpPort, config)) {
      CAPTURE.send(httpPort);
      long limit = System.nanoTime() + PATIENCE_NANOS;
      while (!collector.said().contains("Exporting failed. Will retry")) {
        assertThat(System.nanoTime()).as(collector.said()).isLessThan(limit);
        Thread.sleep(50);
      }
      try (RunningAssay assay =
          RunningAssay.start(
              "server", folder.resolve("data"), "--otlp-grpc-port", "" + assayPort)) {
        counted(assay.await(SUMMARY, CollectorIT::whole));
      }
    }
  }

  private static boolean whole(JsonNode summary) {
    return summary.path("accepted").asInt() == 3
        && summary.path("tokens").path("input").asInt() == 7221;
  }

  private static void counted(JsonNode summary) {
    assertThat(summary.path("accepted").asInt()).isEqualTo(3);
    assertThat(summary.path("sessions").asInt()).isEqualTo(1);
    assertThat(summary.path("spendUsd").asDouble()).isEqualTo(0.062304);
  }

  private String receiver() {
    return """
    receivers:
      otlp:
        protocols:
          grpc: {endpoint: "127.0.0.1:%d"}
          http: {endpoint: "127.0.0.1:%d"}
    """
        .formatted(grpcPort, httpPort);
  }

  private String towards(RunningAssay assay, String exporter, String compression, String header)
      throws Exception {
    return config(
        exporter,
        exporter.equals("otlp")
            ? "127.0.0.1:" + assay.port("otlpGrpc")
            : "http://127.0.0.1:" + assay.port("otlpHttp"),
        compression,
        header);
  }

  private String config(String exporter, String endpoint, String compression, String header) {
    return receiver()
        + """
        exporters:
          %1$s:
            endpoint: %2$s
            tls: {insecure: true}
            compression: %3$s
            timeout: 60s # a busy machine must not make it send twice
            headers: {%4$s}
            retry_on_failure: {initial_interval: 100ms, max_interval: 500ms}
        service:
          telemetry: {metrics: {level: none}}
          pipelines:
            logs: {receivers: [otlp], exporters: [%1$s]}
            metrics: {receivers: [otlp], exporters: [%1$s]}
        """
            .formatted(exporter, endpoint, compression, header);
  }

  private String metrics(RunningAssay assay, String token) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(assay.base() + "/metrics"));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Requests that were accepted over the exporter's protocol. */
  private static long accepted(String metrics, String exporter) {
    String protocol = exporter.equals("otlp") ? "grpc" : "http/protobuf";
    return sum(
        metrics,
        line ->
            line.startsWith("assay_otlp_requests_total")
                && line.contains("outcome=\"accepted\"")
                && line.contains("protocol=\"" + protocol + "\""));
  }

  private static long sum(String metrics, java.util.function.Predicate<String> wanted) {
    Matcher value = Pattern.compile(" ([0-9.]+)$").matcher("");
    return metrics
        .lines()
        .filter(wanted)
        .mapToLong(
            line -> value.reset(line).find() ? Math.round(Double.parseDouble(value.group(1))) : 0)
        .sum();
  }

  private void await(RunningAssay assay, String outcome, long requests) throws Exception {
    long limit = System.nanoTime() + PATIENCE_NANOS;
    while (sum(
            metrics(assay, ""),
            line -> line.startsWith("assay_forward_requests_total") && line.contains(outcome))
        < requests) {
      assertThat(System.nanoTime()).as(assay.said()).isLessThan(limit);
      Thread.sleep(50);
    }
  }
}
