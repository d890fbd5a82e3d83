package dev.assay.web.command;

import dev.assay.receiver.access.Scope;
import dev.assay.receiver.access.TokenEntry;
import dev.assay.receiver.access.TokenFile;
import dev.assay.web.config.Config;
import dev.assay.web.config.ConfigException;
import dev.assay.web.config.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes, lists and revokes bearer tokens. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    versionProvider = Commands.Version.class,
    sortOptions = false,
    description =
        "Makes, lists and revokes the bearer tokens that a server asks for. The file keeps their"
            + " hashes alone: a token is shown once, when it is made. A server that runs sees the"
            + " change within a second.",
    footer = {
      "",
      "Examples:",
      "  assay token create --team payments --scope ingest --tokens-file /etc/assay/tokens",
      "  assay token create --team payments --scope read --tokens-file /etc/assay/tokens",
      "  assay token list --tokens-file /etc/assay/tokens",
      "  assay token revoke 1f2e3d4c --tokens-file /etc/assay/tokens"
    })
final class TokenCommand implements Callable<Integer> {
  static final Set<Setting> SETTINGS = Collections.unmodifiableSet(EnumSet.of(Setting.TOKENS_FILE));

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "ACTION", description = "create, list or revoke.")
  private String action = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "The token's id; for revoke.")
  private @Nullable String id;

  @Option(names = "--team", paramLabel = "TEAM", description = "Whose it is; for create.")
  private @Nullable String team;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "What it may do: ingest, read or admin; repeatable; for create.")
  private List<String> scopes = new ArrayList<>();

  @Override
  public Integer call() throws ConfigException, CommandFailedException {
    Config config = ConfigOptions.read(spec);
    Path file = config.access().tokensFile();
    if (file == null) {
      throw new ConfigException("--tokens-file names the file of the tokens; it is missing");
    }
    TokenFile tokens = new TokenFile(file);
    PrintWriter out = spec.commandLine().getOut();
    try {
      switch (action) {
        case "create" -> create(tokens, out);
        case "list" -> list(tokens, out);
        case "revoke" -> revoke(tokens);
        default -> throw misused("'" + action + "' is none of create, list, revoke");
      }
    } catch (IOException e) {
      throw new CommandFailedException("--tokens-file: " + e.getMessage(), e);
    }
    out.flush();
    return ExitCode.OK;
  }

  private void create(TokenFile tokens, PrintWriter out) throws IOException {
    if (team == null || scopes.isEmpty()) {
      throw misused("create needs --team and --scope");
    }
    Set<Scope> asked = EnumSet.noneOf(Scope.class);
    for (String scope : scopes) {
      asked.add(
          Scope.of(scope)
              .orElseThrow(
                  () -> misused("--scope: '" + scope + "' is none of ingest, read, admin")));
    }
    TokenFile.Created created;
    try {
      created = tokens.create(team, asked, Instant.now().truncatedTo(ChronoUnit.SECONDS));
    } catch (IllegalArgumentException e) {
      throw misused("--team: " + e.getMessage());
    }
    spec.commandLine().getErr().println("assay: token " + created.entry().id() + ", shown once:");
    out.println(created.token());
  }

  private static void list(TokenFile tokens, PrintWriter out) throws IOException {
    out.printf("%-10s %-24s %-18s %s%n", "ID", "TEAM", "SCOPES", "CREATED");
    for (TokenEntry entry : tokens.read()) {
      out.printf(
          "%-10s %-24s %-18s %s%n", entry.id(), entry.team(), entry.scopeLabels(), entry.created());
    }
  }

  private void revoke(TokenFile tokens) throws IOException, CommandFailedException {
    if (id == null) {
      throw misused("revoke needs the token's ID, as list shows it");
    }
    if (!tokens.revoke(id)) {
      throw new CommandFailedException("there is no token " + id);
    }
  }

  private ParameterException misused(String why) {
    return new ParameterException(spec.commandLine(), "token: " + why);
  }
}
