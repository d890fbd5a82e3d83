package dev.assay.receiver.forward;

import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom to trust and who we are, from PEM files that are read again when they change. */
final class TlsFiles {
  private static final long READ_AGAIN_MINUTES = 60;

  private final AdvancedTlsX509TrustManager trust;
  private final @Nullable AdvancedTlsX509KeyManager key;

  /**
   * @param timer looks after the files
   * @throws IOException where a file cannot be used; the message names it
   */
  TlsFiles(String name, ForwardOptions.Tls tls, ScheduledExecutorService timer) throws IOException {
    Path reading = tls.caFile();
    try {
      trust = AdvancedTlsX509TrustManager.newBuilder().build();
      if (reading == null) {
        trust.useSystemDefaultTrustCerts();
      } else {
        trust.updateTrustCredentials(reading.toFile(), READ_AGAIN_MINUTES, TimeUnit.MINUTES, timer);
      }
      Path certificate = tls.certFile();
      Path privateKey = tls.keyFile();
      if (certificate == null || privateKey == null) {
        key = null;
      } else {
        reading = certificate;
        key = new AdvancedTlsX509KeyManager();
        key.updateIdentityCredentials(
            certificate.toFile(), privateKey.toFile(), READ_AGAIN_MINUTES, TimeUnit.MINUTES, timer);
      }
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new IOException(
          "exporters."
              + name
              + ".tls: "
              + (reading == null ? "the JDK's certificates" : reading + " (or its key)")
              + " cannot be used: "
              + e.getClass().getSimpleName(),
          e);
    }
  }

  TrustManager trust() {
    return trust;
  }

  @Nullable KeyManager key() {
    return key;
  }

  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(key == null ? null : new KeyManager[] {key}, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }
}
