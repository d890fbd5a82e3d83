package dev.assay.agent;

import dev.assay.agent.wire.AgentResource;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The agent's command line. */
@Command(
    name = "assay-agent",
    description = {
      "Follows Claude Code's transcripts on this machine and exports who did what: sessions,"
          + " decisions, edits with their lines, tokens, git operations.",
      "Prompts, responses and shell commands never leave the machine; lines do only for files in a"
          + " git checkout that git does not ignore."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      RunCommand.class,
      ExportCommand.class,
      InstallCommand.class,
      AutoComplete.GenerateCompletion.class
    },
    footer = {
      "",
      "Examples:",
      "  assay-agent run --endpoint http://127.0.0.1:4317 --data ~/.assay",
      "  assay-agent export --claude-home ~/.claude > session-facts.otlp"
    })
public final class Main {
  static final int EXIT_NOTHING_TO_DO = 3;
  static final int EXIT_IN_USE = 4;

  private Main() {}

  /** Runs a command, and ends the process with its status. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println("assay agent: " + failure);
          return CommandLine.ExitCode.SOFTWARE;
        });
    return line;
  }

  /** What the jar's manifest says. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"assay-agent " + AgentResource.ownVersion()};
    }
  }
}
