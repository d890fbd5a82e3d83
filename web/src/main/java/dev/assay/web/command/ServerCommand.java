package dev.assay.web.command;

import dev.assay.web.config.Config;
import dev.assay.web.config.ConfigException;
import dev.assay.web.config.Setting;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The server alone. */
@Command(
    name = "server",
    mixinStandardHelpOptions = true,
    versionProvider = Commands.Version.class,
    sortOptions = false,
    description = "The server alone: receives telemetry, attributes, shows.",
    footer = {
      "",
      "Examples:",
      "  assay server",
      "  assay server --repository ~/src/api --data /srv/assay",
      "  assay server --config assay.yaml"
    })
final class ServerCommand implements Callable<Integer> {
  static final Set<Setting> SETTINGS =
      Collections.unmodifiableSet(
          EnumSet.complementOf(EnumSet.of(Setting.CLAUDE_HOME, Setting.AGENT_HOOK_PORT)));

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, CommandFailedException, InterruptedException {
    Config config = ConfigOptions.read(spec);
    return new Run(config, Terminal.standardError(), spec.commandLine().getOut()).server();
  }
}
