package dev.assay.web.command;

import dev.assay.web.config.Config;
import dev.assay.web.config.ConfigException;
import dev.assay.web.config.Setting;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Server and agent on this machine. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    versionProvider = Commands.Version.class,
    sortOptions = false,
    description =
        "Server and agent on this machine: reads the Claude Code sessions that it finds, attributes"
            + " the merged pull requests of the repositories they worked in, follows both, and shows"
            + " a dashboard.",
    footer = {
      "",
      "Examples:",
      "  assay up",
      "  assay up --claude-home ~/.claude --repository ~/src/api",
      "  assay up --data /tmp/try --web-port 0 --otlp-grpc-port 0 --otlp-http-port 0"
    })
final class UpCommand implements Callable<Integer> {
  static final Set<Setting> SETTINGS = Collections.unmodifiableSet(EnumSet.allOf(Setting.class));

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(
      names = {"--agent-otlp-http-port", "--agent-otlp-grpc-port"},
      paramLabel = "PORT",
      description = "Not in this version: Claude Code's own telemetry goes to the server directly.")
  private @Nullable String agentOtlpPort;

  @Override
  public Integer call() throws ConfigException, CommandFailedException, InterruptedException {
    if (agentOtlpPort != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--agent-otlp-http-port and --agent-otlp-grpc-port are not in this version: let Claude"
              + " Code send its own telemetry to the server directly.");
    }
    Config config = ConfigOptions.read(spec);
    return new Run(config, Terminal.standardError(), spec.commandLine().getOut()).withAgent();
  }
}
