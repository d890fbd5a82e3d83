package dev.assay.web.command;

import dev.assay.web.config.Config;
import dev.assay.web.config.ConfigException;
import java.io.PrintWriter;

/**
 * Starts the server, with or without an agent beside it, and stays until something asks to stop.
 */
final class Run {
  private static final long LOOK_EVERY_MILLIS = 200;

  private final Config config;
  private final Terminal terminal;
  private final PrintWriter out;

  /**
   * @param out where the dashboard's address goes; everything else goes to the terminal
   */
  Run(Config config, Terminal terminal, PrintWriter out) {
    this.config = config;
    this.terminal = terminal;
    this.out = out;
  }

  int server() throws CommandFailedException, ConfigException, InterruptedException {
    return run(false);
  }

  int withAgent() throws CommandFailedException, ConfigException, InterruptedException {
    return run(true);
  }

  private int run(boolean agentToo)
      throws CommandFailedException, ConfigException, InterruptedException {
    if (agentToo && (config.otlpGrpc().tls() != null || config.otlpGrpc().authenticated())) {
      throw new ConfigException(
          "receivers.otlp.protocols.grpc: up starts an agent that has no token and knows no"
              + " certificate; start assay server, and beside it assay agent --endpoint"
              + " https://... --token-file FILE");
    }
    Logs.level(config.logLevel());
    try (StopSignal stop = new StopSignal();
        Parts parts = new Parts(terminal)) {
      RunningServer server = RunningServer.start(config, parts);
      if (config.tokensUnasked()) {
        terminal.say(
            "assay: nobody is asked for one of the tokens of --tokens-file: every listener is on"
                + " loopback, and none has auth.authenticator");
      }
      AgentProcess agent =
          agentToo
              ? parts.started(
                  "agent", AgentProcess.start(config, server.status().otlpGrpc().address()))
              : null;
      out.println("Dashboard: " + server.status().web().address() + "/");
      out.println("OTLP/gRPC: " + server.status().otlpGrpc().address());
      out.println("OTLP/HTTP: " + server.status().otlpHttp().address());
      out.flush();
      while (!stop.await(LOOK_EVERY_MILLIS)) {
        if (agent != null && !agent.alive()) {
          throw new CommandFailedException(
              "the agent ended by itself with code " + agent.exitCode() + "; the server stops too");
        }
        show(server.progress());
      }
      terminal.clear();
      return ExitCode.OK;
    }
  }

  private void show(ServerProgress progress) {
    String line = ServerProgress.line(progress.now());
    if (line.isEmpty()) {
      terminal.clear();
    } else {
      terminal.progress(line);
    }
  }
}
