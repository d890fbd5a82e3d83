package dev.assay.agent;

import dev.assay.agent.ship.Destination;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say where to deliver, and how to be let in there. */
final class Receiver {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  @Spec(Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:4317",
      description = "Where to deliver: an OTLP/gRPC receiver. Default: ${DEFAULT-VALUE}.")
  private String endpoint = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      defaultValue = "${env:ASSAY_TOKEN_FILE}",
      description =
          "Holds the bearer token that the receiver asks for, with the scope ingest. Default:"
              + " $ASSAY_TOKEN_FILE.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description =
          "Certificates of those who sign the receiver's, PEM. Default: those that Java trusts.")
  private @Nullable Path caFile;

  @Option(
      names = "--cert-file",
      paramLabel = "FILE",
      description = "The agent's own certificate, PEM, where the receiver asks for one.")
  private @Nullable Path certFile;

  @Option(
      names = "--cert-key-file",
      paramLabel = "FILE",
      description = "The private key of --cert-file, PEM (PKCS #8).")
  private @Nullable Path keyFile;

  /** Refuses, before anything is read or sent, what cannot be done. */
  Destination destination() {
    if (!endpoint.startsWith("http://") && !endpoint.startsWith("https://")) {
      throw refused(
          "--endpoint: '"
              + endpoint
              + "' is no http:// or https:// address, such as http://127.0.0.1:4317");
    }
    if ((certFile == null) != (keyFile == null)) {
      throw refused("--cert-file and --cert-key-file belong together; one of them is missing");
    }
    readable("--token-file", tokenFile);
    readable("--ca-file", caFile);
    readable("--cert-file", certFile);
    readable("--cert-key-file", keyFile);
    if (tokenFile != null && endpoint.startsWith("http://") && !loopback()) {
      throw refused(
          "--token-file: the token would travel unencrypted to " + endpoint + "; use https://");
    }
    Destination destination = new Destination(endpoint, tokenFile, caFile, certFile, keyFile);
    try {
      destination.check();
    } catch (IOException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
    return destination;
  }

  private boolean loopback() {
    try {
      String host = URI.create(endpoint).getHost();
      return host != null && LOOPBACK.contains(host);
    } catch (IllegalArgumentException e) {
      return false;
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
