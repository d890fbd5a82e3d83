package dev.assay.web.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How an exporter trusts its server, and proves itself to it.
 *
 * @param caFile certificates of those who sign the server's, PEM; null: those that Java trusts
 * @param certFile the exporter's own certificate, PEM; null where it shows none
 * @param keyFile its private key, PEM (PKCS #8); null where there is no certificate
 */
public record ClientTls(@Nullable Path caFile, @Nullable Path certFile, @Nullable Path keyFile) {
  static ClientTls read(Section tls) throws ConfigException {
    tls.flag("insecure", false); // which decides the scheme of an address without one
    ClientTls read =
        new ClientTls(tls.path("ca_file"), tls.path("cert_file"), tls.path("key_file"));
    if ((read.certFile == null) != (read.keyFile == null)) {
      throw new ConfigException(
          tls.key() + ": cert_file and key_file belong together; one of them is missing");
    }
    tls.done();
    return read;
  }
}
