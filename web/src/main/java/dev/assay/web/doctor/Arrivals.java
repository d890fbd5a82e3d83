package dev.assay.web.doctor;

import dev.assay.web.remote.NotAskedException;
import dev.assay.web.remote.RemoteServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a running server says has arrived; without one, whether its ports are free. */
final class Arrivals {
  static final String SUBJECT = "server";

  private static final JsonMapper JSON = new JsonMapper();

  private final RemoteServer server;

  Arrivals(RemoteServer server) {
    this.server = server;
  }

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

  /** Asks the server. */
  void check(Consumer<Finding> findings) throws NotAskedException, InterruptedException {
    RemoteServer.Answer ready = server.ask("/readyz");
    if (ready.status() == 200) {
      findings.accept(Finding.ok(SUBJECT, "ready at " + server.address()));
    } else {
      findings.accept(
          Finding.mend(
              SUBJECT,
              server.address() + " is not ready: " + ready.text().strip(),
              "Mend that; what the server refuses meanwhile, exporters send again."));
    }
    try {
      coverage(JSON.readTree(server.ask("/api/v1/coverage").text()), findings);
    } catch (JacksonException e) {
      findings.accept(
          Finding.mend(
              SUBJECT,
              server.address() + " does not answer as an Assay server",
              "Look at its standard error, and start it again."));
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
}
