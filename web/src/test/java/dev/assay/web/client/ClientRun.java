package dev.assay.web.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.web.e2e.RunningAssay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * One run, whole: {@code ./assay up} over an empty claude home, the real client in it with its own
 * telemetry on, and what the dashboard says in the end. Ends with code 0 where that is what the
 * scenario says. A program of its own, so that it can be started in a network of its own.
 */
final class ClientRun {
  private ClientRun() {}

  /** Arguments: the client's program, an empty folder. */
  public static void main(String[] arguments) throws Exception {
    Path program = Path.of(arguments[0]);
    Path folder = Path.of(arguments[1]);
    Path home = Files.createDirectories(folder.resolve("home"));
    Path checkout = Files.createDirectories(folder.resolve("pricing"));
    new ProcessBuilder("git", "init", "-q").directory(checkout.toFile()).start().waitFor();
    Files.writeString(checkout.resolve("report.ipynb"), Scenario.NOTEBOOK);
    try (ScriptedModel model = new ScriptedModel(Scenario.turns(checkout));
        RunningAssay assay =
            RunningAssay.start(
                "up",
                folder.resolve("data"),
                "--claude-home",
                home.resolve(".claude").toString())) {
      Map<String, String> telemetry = telemetry(assay.port("otlpGrpc"));
      try (RealClient client =
          new RealClient(program, checkout, home, model.address(), telemetry)) {
        client.say("Add a pricing module");
        client.answer("Do you want to create pricing.ts", 1);
        client.answer("Do you want to make this edit to pricing.ts", 3); // which ends the turn
        client.say("Carry on, another way");
        client.answer("Do you want to make this edit to pricing.ts", 1);
        client.answer("Do you want to make this edit to report.ipynb", 1);
        client.await("All finished.");
        client.exit();
      }
      check(assay, model);
    }
  }

  private static Map<String, String> telemetry(int port) {
    Map<String, String> telemetry = new TreeMap<>();
    telemetry.put("CLAUDE_CODE_ENABLE_TELEMETRY", "1");
    telemetry.put("OTEL_METRICS_EXPORTER", "otlp");
    telemetry.put("OTEL_LOGS_EXPORTER", "otlp");
    telemetry.put("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
    telemetry.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + port);
    telemetry.put("OTEL_METRIC_EXPORT_INTERVAL", "1000");
    telemetry.put("OTEL_LOGS_EXPORT_INTERVAL", "500");
    return telemetry;
  }

  private static void check(RunningAssay assay, ScriptedModel model) throws Exception {
    Map<String, Long> billed = model.tokens();
    JsonNode summary =
        assay.await(
            "/api/v1/summary",
            now ->
                now.path("linesAccepted").asInt() == Scenario.LINES_ACCEPTED
                    && billed.equals(tokens(now)));
    assertThat(summary.path("sessions").asInt()).isEqualTo(1);
    assertThat(summary.path("accepted").asInt()).isEqualTo(Scenario.ACCEPTED);
    assertThat(summary.path("rejected").asInt()).isEqualTo(Scenario.REJECTED);
    assertThat(summary.path("acceptedByUser").asInt()).isEqualTo(Scenario.ACCEPTED);
    assertThat(summary.path("rejectedByUser").asInt()).isEqualTo(Scenario.REJECTED);
    assertThat(summary.path("spendUsd").asDecimal()).isPositive();
    System.out.println(summary);
  }

  private static Map<String, Long> tokens(JsonNode summary) {
    Map<String, Long> tokens = new TreeMap<>();
    summary.path("tokens").properties().forEach(e -> tokens.put(e.getKey(), e.getValue().asLong()));
    return tokens;
  }
}
