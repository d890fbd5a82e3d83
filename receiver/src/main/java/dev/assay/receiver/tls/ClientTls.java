package dev.assay.receiver.tls;

import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** A client's side of TLS: whom to trust, and who we are. */
public final class ClientTls {
  private static final long READ_AGAIN_MINUTES = 60;

  private final TrustManager trust;
  private final @Nullable KeyManager key;

  private ClientTls(TrustManager trust, @Nullable KeyManager key) {
    this.trust = trust;
    this.key = key;
  }

  /**
   * For a client that lives long: the files are read again each hour where they changed.
   *
   * @param name what they belong to, for the message
   * @param timer looks after the files
   * @throws IOException where a file cannot be used; the message names it
   */
  public static ClientTls open(ClientTlsFiles files, String name, ScheduledExecutorService timer)
      throws IOException {
    return new ClientTls(authorities(files.caFile(), name, timer), own(files, name, timer));
  }

  /** The same, for a client that asks and is gone. */
  public static ClientTls read(ClientTlsFiles files, String name) throws IOException {
    return new ClientTls(authorities(files.caFile(), name, null), own(files, name, null));
  }

  /**
   * For a server of this machine whose certificate file is known: trusts that very certificate,
   * whoever signed it, under whatever name the server is asked for.
   *
   * @param files the client's own certificate; the authorities that they name are not asked
   * @throws IOException where a file cannot be used
   */
  public static ClientTls ofServer(Path certFile, ClientTlsFiles files, String name)
      throws IOException {
    return new ClientTls(PinnedTrust.read(certFile), own(files, name, null));
  }

  private static TrustManager authorities(
      @Nullable Path file, String name, @Nullable ScheduledExecutorService timer)
      throws IOException {
    try {
      AdvancedTlsX509TrustManager trust = AdvancedTlsX509TrustManager.newBuilder().build();
      if (file == null) {
        trust.useSystemDefaultTrustCerts();
      } else if (timer == null) {
        trust.updateTrustCredentials(file.toFile());
      } else {
        trust.updateTrustCredentials(file.toFile(), READ_AGAIN_MINUTES, TimeUnit.MINUTES, timer);
      }
      if (trust.getAcceptedIssuers().length == 0) {
        throw new CertificateException("there is no certificate in it");
      }
      return trust;
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw unusable(name, file == null ? "the JDK's certificates" : file.toString(), e);
    }
  }

  private static @Nullable KeyManager own(
      ClientTlsFiles files, String name, @Nullable ScheduledExecutorService timer)
      throws IOException {
    Path certificate = files.certFile();
    Path privateKey = files.keyFile();
    if (certificate == null || privateKey == null) {
      return null;
    }
    try {
      AdvancedTlsX509KeyManager key = new AdvancedTlsX509KeyManager();
      Identity.read(certificate, privateKey).give(key);
      if (timer != null) {
        key.updateIdentityCredentials(
            certificate.toFile(), privateKey.toFile(), READ_AGAIN_MINUTES, TimeUnit.MINUTES, timer);
      }
      return key;
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw unusable(name, certificate + " (or its key " + privateKey + ")", e);
    }
  }

  /** Never a cause's own words where they could hold a line of a key. */
  private static IOException unusable(String name, String what, Exception e) {
    boolean missing = e instanceof FileNotFoundException || e instanceof NoSuchFileException;
    return new IOException(
        name
            + ": "
            + what
            + (missing
                ? " is not there"
                : " cannot be used as PEM: " + e.getClass().getSimpleName()),
        e);
  }

  /** Whom to trust. */
  public TrustManager trust() {
    return trust;
  }

  /** Who we are; null where we show no certificate. */
  public @Nullable KeyManager key() {
    return key;
  }

  /** For clients that take Java's own TLS. */
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(key == null ? null : new KeyManager[] {key}, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }
}
