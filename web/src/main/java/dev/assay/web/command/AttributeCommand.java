package dev.assay.web.command;

import dev.assay.web.config.Config;
import dev.assay.web.config.ConfigException;
import dev.assay.web.config.Setting;
import java.nio.file.Path;
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

/** Attributes the merged pull requests of one repository, once, without a server. */
@Command(
    name = "attribute",
    mixinStandardHelpOptions = true,
    versionProvider = Commands.Version.class,
    sortOptions = false,
    description =
        "One shot, no server: reads the sessions, attributes the merged pull requests of one"
            + " repository, and prints a table of them. Nothing is kept but what --out names.",
    footer = {
      "",
      "Examples:",
      "  assay attribute --repository ~/src/api --claude-home ~/.claude",
      "  assay attribute --repository api.git --claude-home a/.claude --claude-home b/.claude \\",
      "      --pulls pulls.json --out verdicts.jsonl",
      "  assay attribute --repository ~/src/api --format git-ai-notes --write-to ~/src/api"
    })
final class AttributeCommand implements Callable<Integer> {
  static final Set<Setting> SETTINGS =
      Collections.unmodifiableSet(
          EnumSet.of(
              Setting.REPOSITORY,
              Setting.CLAUDE_HOME,
              Setting.CONTENT_MODE,
              Setting.KEY_FILE,
              Setting.EXCLUDE,
              Setting.EXCLUDE_MARKER,
              Setting.LOG_LEVEL));

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--pulls",
      paramLabel = "FILE",
      description =
          "A JSON list of merged pull requests (number, merge_commit; where known title, author,"
              + " merged_at, base, head, repo). Default: those that the history tells; rebase"
              + " merges carry no number and are found with a list only.")
  private @Nullable Path pulls;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the verdicts go. Default: nowhere.")
  private @Nullable Path out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "jsonl",
      description =
          "jsonl, the default: a JSON object for each added line of each pull request. csv,"
              + " agent-trace and git-ai-notes as assay export has them.")
  private String format = "jsonl";

  @Option(
      names = "--write-to",
      paramLabel = "DIR",
      description = "The git repository whose commits get the git-ai-notes (refs/notes/ai).")
  private @Nullable Path writeTo;

  @Override
  public Integer call() throws ConfigException, CommandFailedException, InterruptedException {
    ExportFormat chosen = ExportFormat.of(spec, format, out, writeTo);
    if (out == null && (chosen == ExportFormat.CSV || chosen == ExportFormat.AGENT_TRACE)) {
      throw new ParameterException(
          spec.commandLine(), "--out is missing: the file that --format " + format + " goes to");
    }
    Config config = ConfigOptions.read(spec);
    if (config.repositories().size() != 1) {
      throw new ParameterException(
          spec.commandLine(),
          config.repositories().isEmpty()
              ? "--repository is missing: the git repository to attribute"
              : "--repository: attribute takes one at a time");
    }
    Logs.level(config.logLevel());
    OneShot.Target target = new OneShot.Target(chosen, out, writeTo);
    new OneShot(config, pulls, target, Terminal.standardError(), spec.commandLine().getOut()).run();
    return ExitCode.OK;
  }
}
