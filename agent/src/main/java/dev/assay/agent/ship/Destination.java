package dev.assay.agent.ship;

import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporterBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
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
  private static final int LIMIT_TOKEN_BYTES = 4096;
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  /** A receiver that asks for nothing. */
  public static Destination open(String url) {
    return new Destination(url, null, null, null, null);
  }

  /**
   * Whether the files that are named hold what they should, so that a mistake is told at the start.
   *
   * @throws IOException where one does not; names its option, and never shows what it holds
   */
  public void check() throws IOException {
    try {
      applyTo(OtlpGrpcLogRecordExporter.builder());
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new IOException(
          (caFile == null ? "" : "--ca-file " + caFile + " ")
              + (certFile == null
                  ? ""
                  : "--cert-file " + certFile + " --cert-key-file " + keyFile + " ")
              + "cannot be used as PEM",
          e);
    }
    if (tokenFile != null && token(tokenFile) == null) {
      throw new IOException(
          "--token-file: "
              + tokenFile
              + " holds no bearer token: what assay token create printed, and nothing else");
    }
  }

  /**
   * Reads the files that are named.
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
      String token = tokenFile == null ? null : token(tokenFile);
      return token == null ? Map.of() : Map.of("authorization", "Bearer " + token);
    } catch (IOException e) {
      // The receiver refuses what comes without; the spool keeps it.
      log.log(Level.FINE, "the token cannot be read", e);
      return Map.of();
    }
  }

  /** Null where the file holds what no header can carry; the library would end with each export. */
  private static @Nullable String token(Path file) throws IOException {
    if (Files.size(file) > LIMIT_TOKEN_BYTES) {
      return null;
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    return TOKEN.matcher(text).matches() ? text : null;
  }
}
