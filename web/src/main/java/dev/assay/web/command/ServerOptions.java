package dev.assay.web.command;

import dev.assay.receiver.tls.ClientTlsFiles;
import dev.assay.web.remote.Credentials;
import dev.assay.web.remote.NotAskedException;
import dev.assay.web.remote.RemoteServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of commands that ask a running server; the agent has them by the same names. */
final class ServerOptions {
  private static final String TOKEN_VARIABLE = "ASSAY_TOKEN";
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  @Spec(Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The server's address. Default: the one that runs on the data directory.")
  private @Nullable URI server;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      defaultValue = "${env:ASSAY_TOKEN_FILE}",
      description =
          "Holds the bearer token that the server asks for, with the scope read. Default:"
              + " $$ASSAY_TOKEN_FILE; the variable ASSAY_TOKEN holds the token itself.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description =
          "Certificates of those who sign the server's, PEM. Default: those that Java trusts, and"
              + " the certificate of the server that runs on the data directory.")
  private @Nullable Path caFile;

  @Option(
      names = "--cert-file",
      paramLabel = "FILE",
      description = "The client's own certificate, PEM, where the server asks for one.")
  private @Nullable Path certFile;

  @Option(
      names = "--cert-key-file",
      paramLabel = "FILE",
      description = "The private key of --cert-file, PEM (PKCS #8).")
  private @Nullable Path keyFile;

  /**
   * The server that is named, else the one that runs on a data directory; empty where none does.
   *
   * @throws NotAskedException where a file cannot be used
   */
  Optional<RemoteServer> find(Path data) throws NotAskedException {
    Credentials credentials = credentials();
    return server == null
        ? RemoteServer.on(data, credentials)
        : Optional.of(RemoteServer.at(server, credentials));
  }

  /** Refuses, before anything is asked, what cannot be done. */
  private Credentials credentials() {
    if ((certFile == null) != (keyFile == null)) {
      throw refused("--cert-file and --cert-key-file belong together; one of them is missing");
    }
    readable("--token-file", tokenFile);
    readable("--ca-file", caFile);
    readable("--cert-file", certFile);
    readable("--cert-key-file", keyFile);
    String token = System.getenv(TOKEN_VARIABLE);
    Credentials credentials =
        new Credentials(
            tokenFile,
            token == null || token.isBlank() ? null : token.strip(),
            new ClientTlsFiles(caFile, certFile, keyFile));
    if (server != null) {
      checkAddress(server, tokenFile != null || credentials.token() != null);
    }
    return credentials;
  }

  private void checkAddress(URI named, boolean token) {
    boolean plain = "http".equals(named.getScheme());
    if ((!plain && !"https".equals(named.getScheme())) || named.getHost() == null) {
      throw refused(
          "--server: '"
              + named
              + "' is no http:// or https:// address, such as"
              + " https://assay.example.com:8443");
    }
    if (token && plain && !LOOPBACK.contains(named.getHost())) {
      throw refused(
          (tokenFile == null ? "ASSAY_TOKEN" : "--token-file")
              + ": the token would travel unencrypted to "
              + named
              + "; use https://");
    }
  }

  private void readable(String option, @Nullable Path file) {
    if (file != null && !Files.isReadable(file)) {
      throw refused(option + ": there is no file " + file + " that can be read");
    }
  }

  private ParameterException refused(String why) {
    return new ParameterException(command.commandLine(), why);
  }
}
