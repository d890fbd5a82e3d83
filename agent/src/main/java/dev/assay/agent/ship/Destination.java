package dev.assay.agent.ship;

import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporterBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where to deliver, and how to be let in there.
 *
 * @param url for instance {@code https://assay.example.com:4317}
 * @param tokenFile holds a bearer token, and is read before each export, so that another token
 *     counts at once; null where none is asked for
 * @param caFile certificates of those who sign the receiver's, PEM; null: those that Java trusts
 * @param certFile the agent's own certificate, PEM; null where none is asked for
 * @param keyFile its private key, PEM (PKCS #8); there where the certificate is
 */
public record Destination(
    String url,
    @Nullable Path tokenFile,
    @Nullable Path caFile,
    @Nullable Path certFile,
    @Nullable Path keyFile) {
  private static final Logger log = Logger.getLogger(Destination.class.getName());

  /** A receiver that asks for nothing. */
  public static Destination open(String url) {
    return new Destination(url, null, null, null, null);
  }

  /**
   * Reads the files that are named, so that a mistake is told at the start.
   *
   * @throws IOException where one of them cannot be read; names it
   */
  void applyTo(OtlpGrpcLogRecordExporterBuilder exporter) throws IOException {
    exporter.setEndpoint(url);
    if (caFile != null) {
      exporter.setTrustedCertificates(Files.readAllBytes(caFile));
    }
    if (certFile != null && keyFile != null) {
      exporter.setClientTls(Files.readAllBytes(keyFile), Files.readAllBytes(certFile));
    }
    if (tokenFile != null) {
      exporter.setHeaders(this::headers);
    }
  }

  private Map<String, String> headers() {
    try {
      return tokenFile == null
          ? Map.of()
          : Map.of("authorization", "Bearer " + Files.readString(tokenFile).strip());
    } catch (IOException e) {
      // The receiver refuses what comes without; the spool keeps it.
      log.log(Level.FINE, "the token cannot be read", e);
      return Map.of();
    }
  }
}
