package dev.assay.web.command;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** In what form verdicts leave: by one table for {@code export} and {@code attribute}. */
enum ExportFormat {
  /** Agent Trace records, one for each change. */
  AGENT_TRACE("agent-trace", "agent-trace.jsonl"),
  /** Authorship notes on the commits of a repository, made of those records. */
  GIT_AI_NOTES("git-ai-notes", "agent-trace.jsonl"),
  /** An object for each line. */
  JSONL("jsonl", "lines.jsonl"),
  /** A record for each line. */
  CSV("csv", "lines.csv");

  private final String word;
  private final String path;

  ExportFormat(String word, String path) {
    this.word = word;
    this.path = path;
  }

  /** What the server's exports have of it. */
  String path() {
    return path;
  }

  /**
   * The format of {@code --format}, and whether it goes with what else was given.
   *
   * @throws ParameterException where it does not
   */
  static ExportFormat of(
      CommandSpec spec, String word, @Nullable Path out, @Nullable Path writeTo) {
    ExportFormat format =
        Arrays.stream(values())
            .filter(each -> each.word.equals(word))
            .findFirst()
            .orElseThrow(() -> mistake(spec, "--format: '" + word + "' is none of " + words()));
    if (format == GIT_AI_NOTES && writeTo == null) {
      throw mistake(spec, "--write-to is missing: the git repository that gets the notes");
    }
    if (format != GIT_AI_NOTES && writeTo != null) {
      throw mistake(spec, "--write-to: only git-ai-notes are written to a repository");
    }
    if (format == GIT_AI_NOTES && out != null) {
      throw mistake(spec, "--out: git-ai-notes go to the repository of --write-to");
    }
    return format;
  }

  private static String words() {
    return Arrays.stream(values()).map(each -> each.word).collect(Collectors.joining(", "));
  }

  private static ParameterException mistake(CommandSpec spec, String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
