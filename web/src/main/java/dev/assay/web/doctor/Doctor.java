package dev.assay.web.doctor;

import dev.assay.web.config.Config;
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
  private final Map<String, String> environment;

  /**
   * @param environment of the process, for Claude Code's variables
   */
  public Doctor(Config config, Map<String, String> environment) {
    this.config = config;
    this.environment = Map.copyOf(environment);
  }

  /** Everything that was looked at. Takes seconds at most. */
  public List<Finding> examine() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    Machine.check(config.data(), findings::add);
    ContentKeys.check(config, findings::add);
    ClaudeHomes homes = new ClaudeHomes(environment);
    homes.check(config.claudeHomes(), findings::add);
    AgentCheck.check(config.data(), findings::add);
    Optional<ServerStatus> server = ServerStatus.ofRunning(config.data());
    List<Path> folders = homes.folders(config.claudeHomes());
    NativeTelemetry telemetry = new NativeTelemetry(environment);
    if (server.isPresent()) {
      ServerStatus running = server.get();
      telemetry.check(folders, running.otlpGrpcPort(), running.otlpHttpPort(), findings::add);
      new Arrivals().check(running.webPort(), findings::add);
    } else {
      telemetry.check(folders, config.otlpGrpc().port(), config.otlpHttp().port(), findings::add);
      Map<String, Integer> ports = new LinkedHashMap<>();
      ports.put("--web-port", config.web().port());
      ports.put("--otlp-grpc-port", config.otlpGrpc().port());
      ports.put("--otlp-http-port", config.otlpHttp().port());
      Arrivals.free(ports, findings::add);
    }
    List<Path> named = config.repositories();
    Repositories.check(
        named.isEmpty() ? new Checkouts(config.data()).folders() : named, findings::add);
    return findings;
  }
}
