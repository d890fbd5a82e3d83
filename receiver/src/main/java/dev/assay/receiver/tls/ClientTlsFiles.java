package dev.assay.receiver.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whom a client trusts, and how it proves who it is.
 *
 * @param caFile certificates of those who sign the server's, PEM; null: those that the JDK trusts
 * @param certFile the client's own certificate with its chain, PEM; null where it shows none
 * @param keyFile its private key, PEM (PKCS #8); there where the certificate is
 */
public record ClientTlsFiles(
    @Nullable Path caFile, @Nullable Path certFile, @Nullable Path keyFile) {
  /** The JDK's own trust, and no certificate of ours. */
  public static final ClientTlsFiles STANDARD = new ClientTlsFiles(null, null, null);

  public ClientTlsFiles {
    if ((certFile == null) != (keyFile == null)) {
      throw new IllegalArgumentException("a certificate and its key come together");
    }
  }
}
