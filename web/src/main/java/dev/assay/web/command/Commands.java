package dev.assay.web.command;

import dev.assay.web.config.ConfigException;
import dev.assay.web.config.Setting;
import java.io.PrintWriter;
import java.util.Set;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line, whole. */
public final class Commands {
  private Commands() {}

  /**
   * The command line, ready to execute. Whatever goes wrong by the user's hand or the world's is
   * one message on standard error.
   */
  public static CommandLine line() {
    CommandLine line =
        new CommandLine(new Assay())
            .addSubcommand(configured(new UpCommand(), UpCommand.SETTINGS))
            .addSubcommand(configured(new ServerCommand(), ServerCommand.SETTINGS))
            .addSubcommand(new AgentCommand())
            .addSubcommand(configured(new AttributeCommand(), AttributeCommand.SETTINGS))
            .addSubcommand(configured(new ExportCommand(), ExportCommand.SETTINGS))
            .addSubcommand(configured(new BackupCommand(), BackupCommand.SETTINGS))
            .addSubcommand(configured(new RestoreCommand(), RestoreCommand.SETTINGS))
            .addSubcommand(configured(new TokenCommand(), TokenCommand.SETTINGS))
            .addSubcommand(configured(new DoctorCommand(), DoctorCommand.SETTINGS))
            .addSubcommand(new AutoComplete.GenerateCompletion());
    line.setParameterExceptionHandler(Commands::misused);
    line.setExecutionExceptionHandler(Commands::failed);
    return line;
  }

  private static CommandLine configured(Object command, Set<Setting> settings) {
    CommandLine line = new CommandLine(command);
    ConfigOptions.addTo(line.getCommandSpec(), settings);
    return line;
  }

  private static int misused(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("assay: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("See " + line.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.MISUSED;
  }

  private static int failed(Exception e, CommandLine line, ParseResult parsed) throws Exception {
    if (e instanceof ConfigException) {
      line.getErr().println("assay: " + e.getMessage());
      return ExitCode.MISUSED;
    }
    if (e instanceof CommandFailedException) {
      line.getErr().println("assay: " + e.getMessage());
      return ExitCode.FAILED;
    }
    throw e;
  }

  @Command(
      name = "assay",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      synopsisSubcommandLabel = "COMMAND",
      description =
          "How much of the code that you merge was written with Claude Code, line by line, with"
              + " evidence.",
      footer = {
        "",
        "Begin with:",
        "  assay up          finds the sessions on this machine and shows a dashboard",
        "  assay doctor      says what is missing",
        "",
        "assay COMMAND --help has the options and examples of a command."
      })
  private static final class Assay implements Runnable {
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
      throw new ParameterException(spec.commandLine(), "a command is missing");
    }
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Commands.class.getPackage().getImplementationVersion();
      return new String[] {"assay " + (version == null ? "(not packaged)" : version)};
    }
  }
}
