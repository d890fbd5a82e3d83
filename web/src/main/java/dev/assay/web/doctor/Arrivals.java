package dev.assay.web.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a running server says has arrived; without one, whether its ports are free. */
final class Arrivals {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SUBJECT = "server";

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();

  /** Whether a port could be listened on; port 0 always can. */
  static void free(Map<String, Integer> portsByFlag, Consumer<Finding> findings) {
    findings.accept(
        Finding.note(SUBJECT, "none runs on this data directory", "Start it: assay up"));
    portsByFlag.forEach(
        (flag, port) -> {
          try (ServerSocket socket =
              new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            socket.getLocalPort();
          } catch (IOException e) {
            findings.accept(
                Finding.mend(
                    SUBJECT,
                    "port " + port + " is in use by another program",
                    "Stop that program, or choose another port with " + flag + "."));
          }
        });
  }

  /** Asks the server at this port; gives its list of pull requests where it answered. */
  Optional<JsonNode> check(int webPort, Consumer<Finding> findings) throws InterruptedException {
    String base = "http://127.0.0.1:" + webPort;
    try {
      HttpResponse<String> ready = get(base + "/readyz");
      if (ready.statusCode() == 200) {
        findings.accept(Finding.ok(SUBJECT, "ready at " + base + "/"));
      } else {
        findings.accept(
            Finding.mend(
                SUBJECT,
                base + "/ is not ready: " + ready.body().strip(),
                "Mend that; what the server refuses meanwhile, exporters send again."));
      }
      coverage(JSON.readTree(get(base + "/api/v1/coverage").body()), findings);
      return Optional.of(JSON.readTree(get(base + "/api/v1/summary").body()));
    } catch (IOException | JacksonException e) {
      findings.accept(
          Finding.mend(
              SUBJECT,
              base + "/ does not answer as an Assay server: " + e.getMessage(),
              "Look at its standard error, and start it again."));
      return Optional.empty();
    }
  }

  private static void coverage(JsonNode coverage, Consumer<Finding> findings) {
    JsonNode exporters = coverage.path("exporters");
    for (JsonNode exporter : exporters) {
      findings.accept(
          Finding.ok(
              "arrives",
              exporter.path("serviceName").asString("?")
                  + " "
                  + exporter.path("version").asString("")
                  + ", last heard "
                  + exporter.path("lastHeard").asString("never")));
    }
    if (exporters.isEmpty()) {
      findings.accept(
          Finding.mend(
              "arrives",
              "nothing has arrived yet",
              "Run assay agent, or let Claude Code's own telemetry come here."));
    }
    share(
        coverage,
        "editsWithoutRepository",
        "edits",
        "edits whose repository is unknown: their folder is gone, or is no git checkout",
        "They vouch for no pull request. Keep checkouts until the agent has read the session.",
        findings);
    share(
        coverage,
        "sessionsWithoutEdits",
        "sessions",
        "sessions without an edit",
        "Sessions that only talk are normal; if yours edited, run the agent where they ran.",
        findings);
    share(
        coverage,
        "sessionsWithoutUser",
        "sessions",
        "sessions whose user is unknown",
        "Set git's user.email in the checkouts, or turn on native telemetry.",
        findings);
  }

  private static void share(
      JsonNode coverage,
      String part,
      String whole,
      String what,
      String mend,
      Consumer<Finding> findings) {
    long count = coverage.path(part).asLong(0);
    if (count > 0) {
      findings.accept(
          Finding.note(
              "arrives", count + " of " + coverage.path(whole).asLong(0) + " " + what, mend));
    }
  }

  private HttpResponse<String> get(String address) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address)).timeout(LIMIT).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
