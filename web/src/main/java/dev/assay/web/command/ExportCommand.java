package dev.assay.web.command;

import dev.assay.web.config.ConfigException;
import dev.assay.web.config.Setting;
import dev.assay.web.remote.NotAskedException;
import dev.assay.web.remote.RemoteServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes the verdicts out of a server that runs. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = Commands.Version.class,
    sortOptions = false,
    description =
        "Writes the verdicts of a server that runs, in a format that other tools read. Prompts and"
            + " responses are in none of them.",
    footer = {
      "",
      "Examples:",
      "  assay export --format agent-trace --out traces.jsonl",
      "  assay export --format csv --from 2026-11-01 --only-repository github.com/acme/api",
      "  assay export --format git-ai-notes --write-to ~/src/api",
      "  assay export --format csv --server https://assay.example.com:8443 --token-file"
          + " ~/.config/assay-read"
    })
final class ExportCommand implements Callable<Integer> {
  static final Set<Setting> SETTINGS = Collections.unmodifiableSet(EnumSet.of(Setting.DATA));

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description =
          "agent-trace: Agent Trace records, one for each change. git-ai-notes: git-ai authorship"
              + " notes. jsonl, csv: each line.")
  private String format = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where it goes. Default: standard output.")
  private @Nullable Path out;

  @Option(
      names = "--write-to",
      paramLabel = "DIR",
      description =
          "The git repository whose commits get the notes (refs/notes/ai). For git-ai-notes, and"
              + " needed there: nothing is ever written to a repository that is not named. A note"
              + " that another tool wrote stays as it is.")
  private @Nullable Path writeTo;

  @Option(names = "--from", paramLabel = "DAY", description = "First day of merge: YYYY-MM-DD.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "DAY", description = "Last day of merge, included.")
  private @Nullable String to;

  @Option(
      names = "--only-repository",
      paramLabel = "NAME",
      description = "One repository, as host/owner/name.")
  private @Nullable String repository;

  @Option(
      names = "--only-user",
      paramLabel = "NAME",
      description = "One user's changes, as the team table shows the name.")
  private @Nullable String user;

  @Mixin private final ServerOptions server = new ServerOptions();

  @Override
  public Integer call() throws ConfigException, CommandFailedException, InterruptedException {
    String path = ExportFormat.of(spec, format, out, writeTo).path();
    Map<String, String> filters = new LinkedHashMap<>();
    put(filters, "from", from);
    put(filters, "to", to);
    put(filters, "repository", repository);
    put(filters, "user", user);
    Path data = ConfigOptions.read(spec).data();
    try (InputStream body = server(data).open("/api/v1/export/" + path + query(filters))) {
      if (writeTo != null) {
        NotesExport.into(writeTo, body).print(spec.commandLine().getOut());
      } else if (out != null) {
        toFile(body, out);
      } else {
        toStandardOutput(body);
      }
      return ExitCode.OK;
    } catch (IOException e) {
      throw new CommandFailedException("the export broke off: " + e.getMessage(), e);
    } catch (NotAskedException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private RemoteServer server(Path data) throws CommandFailedException, NotAskedException {
    return server
        .find(data)
        .orElseThrow(
            () ->
                new CommandFailedException(
                    "no server runs on "
                        + data
                        + ": start one with assay up, name another directory with --data, or an"
                        + " address with --server"));
  }

  private static String query(Map<String, String> filters) {
    return filters.entrySet().stream()
        .map(f -> f.getKey() + '=' + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", filters.isEmpty() ? "" : "?", ""));
  }

  private static void put(Map<String, String> filters, String name, @Nullable String value) {
    if (value != null) {
      filters.put(name, value);
    }
  }

  /** Half a file never stands under the name that was asked for. */
  static void toFile(InputStream body, Path file) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try {
      Files.copy(body, unfinished, StandardCopyOption.REPLACE_EXISTING);
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private void toStandardOutput(InputStream body) throws IOException {
    spec.commandLine().getOut().flush();
    OutputStream standard = System.out;
    body.transferTo(standard);
    standard.flush();
  }
}
