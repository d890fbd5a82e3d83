package dev.assay.agent;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says that there is no installation yet, and what to do instead. */
@Command(
    name = "install",
    mixinStandardHelpOptions = true,
    description =
        "Not in this version: installing the agent as a user service and as a plugin of Claude Code.")
final class InstallCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec command;

  @Override
  public Integer call() {
    throw new ParameterException(
        command.commandLine(),
        "install is not in this version: have your service manager start 'assay agent'.");
  }
}
