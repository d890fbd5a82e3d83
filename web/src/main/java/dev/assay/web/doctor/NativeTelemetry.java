package dev.assay.web.doctor;

import dev.assay.web.status.ServerStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether Claude Code exports telemetry of its own, and whether it reaches this server. */
final class NativeTelemetry {
  private static final String SUBJECT = "native telemetry";
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, String> environment;

  NativeTelemetry(Map<String, String> environment) {
    this.environment = environment;
  }

  void check(
      List<Path> claudeHomes,
      ServerStatus.Place grpc,
      ServerStatus.Place http,
      Consumer<Finding> findings) {
    Map<String, String> variables = new HashMap<>();
    for (Path home : claudeHomes) {
      settings(home.resolve("settings.json"), variables, findings);
    }
    variables.putAll(environment); // Claude Code too lets the shell's own win
    String advice =
        "CLAUDE_CODE_ENABLE_TELEMETRY=1 OTEL_METRICS_EXPORTER=otlp OTEL_LOGS_EXPORTER=otlp"
            + " OTEL_EXPORTER_OTLP_PROTOCOL=grpc OTEL_EXPORTER_OTLP_ENDPOINT="
            + grpc.address()
            + (grpc.token() ? " OTEL_EXPORTER_OTLP_HEADERS=\"authorization=Bearer TOKEN\"" : "");
    if (!"1".equals(variables.get("CLAUDE_CODE_ENABLE_TELEMETRY"))) {
      findings.accept(
          Finding.note(
              SUBJECT,
              "off; the agent's view is enough, it adds who decided, cost as billed and the user's"
                  + " email",
              "To add it: " + advice));
      return;
    }
    boolean signals = false;
    for (String signal : List.of("LOGS", "METRICS")) {
      if (variables.getOrDefault("OTEL_" + signal + "_EXPORTER", "").contains("otlp")) {
        signals = true;
        destination(signal, variables, List.of(grpc, http), findings);
      }
    }
    if (!signals) {
      findings.accept(
          Finding.mend(
              SUBJECT,
              "on, but neither OTEL_LOGS_EXPORTER nor OTEL_METRICS_EXPORTER is otlp",
              "Set " + advice));
    }
  }

  private static void destination(
      String signal,
      Map<String, String> variables,
      List<ServerStatus.Place> places,
      Consumer<Finding> findings) {
    String name = "OTEL_EXPORTER_OTLP_" + signal + "_";
    String protocol =
        variables.getOrDefault(
            name + "PROTOCOL", variables.getOrDefault("OTEL_EXPORTER_OTLP_PROTOCOL", ""));
    String endpoint =
        variables.getOrDefault(
            name + "ENDPOINT", variables.getOrDefault("OTEL_EXPORTER_OTLP_ENDPOINT", ""));
    if (protocol.isBlank()) {
      findings.accept(
          Finding.mend(
              SUBJECT,
              "on, but Claude Code has no default for OTEL_EXPORTER_OTLP_PROTOCOL",
              "Set it to grpc, http/protobuf or http/json."));
      return;
    }
    String here = places.get(protocol.equals("grpc") ? 0 : 1).address();
    findings.accept(
        leadsTo(here, endpoint)
            ? Finding.ok(SUBJECT, signal.toLowerCase(java.util.Locale.ROOT) + " to " + endpoint)
            : Finding.note(
                SUBJECT,
                signal.toLowerCase(java.util.Locale.ROOT)
                    + " go to "
                    + (endpoint.isBlank() ? "no endpoint" : endpoint)
                    + ", not to this server",
                "This server takes " + protocol + " at " + here));
  }

  private static boolean leadsTo(String here, String endpoint) {
    int port = here.lastIndexOf(':');
    return endpoint.startsWith(here.substring(0, here.indexOf(':') + 1))
        && endpoint.matches(
            "https?://(localhost|127\\.0\\.0\\.1|\\[::1]|"
                + Pattern.quote(here.substring(here.indexOf("://") + 3, port))
                + ")"
                + here.substring(port)
                + "(/.*)?");
  }

  private static void settings(
      Path file, Map<String, String> variables, Consumer<Finding> findings) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      for (Map.Entry<String, JsonNode> entry :
          JSON.readTree(Files.readAllBytes(file)).path("env").properties()) {
        variables.put(entry.getKey(), entry.getValue().asString(""));
      }
    } catch (IOException | JacksonException e) {
      findings.accept(
          Finding.note(SUBJECT, file + " cannot be read as JSON", "Claude Code cannot either."));
    }
  }
}
