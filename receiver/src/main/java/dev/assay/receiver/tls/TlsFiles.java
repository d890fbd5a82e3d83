package dev.assay.receiver.tls;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a listener proves who it is.
 *
 * @param certFile the certificate and its chain, PEM
 * @param keyFile its private key, PEM (PKCS #8, RSA or EC)
 * @param clientCaFile certificates of those who may sign a client's, PEM; null where clients need
 *     none
 * @param reloadInterval how often the files are looked at for a change
 */
public record TlsFiles(
    Path certFile, Path keyFile, @Nullable Path clientCaFile, Duration reloadInterval) {}
