package dev.assay.web.doctor;

import dev.assay.web.config.Config;
import dev.assay.web.config.Listener;
import dev.assay.web.remote.NotAskedException;
import dev.assay.web.remote.RemoteServer;
import dev.assay.web.status.Checkouts;
import dev.assay.web.status.ServerStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at everything that Assay needs, in the order in which the data goes. */
public final class Doctor {
  private final Config config;
  private final Finder finder;
  private final Map<String, String> environment;

  /** Finds the server that is to be asked; see {@link RemoteServer}. */
  public interface Finder {
    /** The server that is named, else the one on this data directory; empty where none runs. */
    Optional<RemoteServer> find(Path data) throws NotAskedException;
  }

  /**
   * @param environment of the process, for Claude Code's variables
   */
  public Doctor(Config config, Finder finder, Map<String, String> environment) {
    this.config = config;
    this.finder = finder;
    this.environment = Map.copyOf(environment);
  }

  /** Everything that was looked at. Takes seconds at most. */
  public List<Finding> examine() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    Machine.check(config.data(), findings::add);
    ContentKeys.check(config, findings::add);
    if (config.tokensUnasked()) {
      findings.add(
          Finding.mend(
              "tokens",
              "nobody is asked for one of " + config.access().tokensFile(),
              "On loopback a listener asks where the configuration file gives it"
                  + " auth: {authenticator: bearertokenauth}; else leave --tokens-file away."));
    }
    ClaudeHomes homes = new ClaudeHomes(environment);
    homes.check(config.claudeHomes(), findings::add);
    AgentCheck.check(config.data(), findings::add);
    Optional<ServerStatus> running = ServerStatus.ofRunning(config.data());
    new NativeTelemetry(environment)
        .check(
            homes.folders(config.claudeHomes()),
            running.map(ServerStatus::otlpGrpc).orElseGet(() -> place(config.otlpGrpc())),
            running.map(ServerStatus::otlpHttp).orElseGet(() -> place(config.otlpHttp())),
            findings::add);
    server(findings);
    List<Path> named = config.repositories();
    Repositories.check(
        named.isEmpty() ? new Checkouts(config.data()).folders() : named, findings::add);
    return findings;
  }

  private static ServerStatus.Place place(Listener listener) {
    return listener.place(listener.port());
  }

  private void server(List<Finding> findings) throws InterruptedException {
    try {
      Optional<RemoteServer> server = finder.find(config.data());
      if (server.isPresent()) {
        new Arrivals(server.get()).check(findings::add);
        return;
      }
      Map<String, Integer> ports = new LinkedHashMap<>();
      ports.put("--web-port", config.web().port());
      ports.put("--otlp-grpc-port", config.otlpGrpc().port());
      ports.put("--otlp-http-port", config.otlpHttp().port());
      Arrivals.free(ports, findings::add);
    } catch (NotAskedException e) {
      findings.add(Finding.mend(Arrivals.SUBJECT, e.what(), e.mend()));
    }
  }
}
