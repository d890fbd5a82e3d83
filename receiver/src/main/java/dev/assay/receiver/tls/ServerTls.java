package dev.assay.receiver.tls;

import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener's certificate and whose clients it trusts, from files that are read again when they
 * change: connections that begin then see the new ones, those that are there live on. While the
 * files are damaged, or one of a pair is still missing, what was read last holds.
 */
public final class ServerTls implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServerTls.class);

  private final TlsFiles files;
  private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
  private final @Nullable AdvancedTlsX509TrustManager clients;
  private final ScheduledExecutorService clock;
  private final ScheduledFuture<?> looking;
  private long stamp;

  private ServerTls(TlsFiles files) throws IOException, GeneralSecurityException {
    this.files = files;
    this.clients =
        files.clientCaFile() == null
            ? null
            : AdvancedTlsX509TrustManager.newBuilder()
                .setVerification(
                    AdvancedTlsX509TrustManager.Verification.CERTIFICATE_ONLY_VERIFICATION)
                .build();
    stamp = stampNow();
    read();
    clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "tls-reload");
              thread.setDaemon(true);
              return thread;
            });
    long millis = files.reloadInterval().toMillis();
    looking = clock.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Reads the files, and goes on looking at them.
   *
   * @param key under which they were named, for the message
   * @throws IOException where they cannot be used; the message says why
   */
  public static ServerTls open(TlsFiles files, String key) throws IOException {
    try {
      return new ServerTls(files);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new IOException(
          key
              + ": "
              + said(e)
              + " ("
              + files.certFile()
              + ", "
              + files.keyFile()
              + (files.clientCaFile() == null ? "" : ", " + files.clientCaFile())
              + ")",
          e);
    }
  }

  /** The certificate to show. */
  public X509ExtendedKeyManager keys() {
    return keys;
  }

  /** Whose certificates a client must show; null where it need show none. */
  public @Nullable X509ExtendedTrustManager clients() {
    return clients;
  }

  /** For servers that take Java's own TLS. */
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {keys}, clients == null ? null : new TrustManager[] {clients}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  /** Reads the files again if they changed. Package-private for tests, which turn the clock. */
  synchronized void look() {
    long now = stampNow();
    if (now == stamp) {
      return;
    }
    try {
      read();
      stamp = now;
      log.info("The certificate {} was read again", files.certFile());
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      log.error(
          "The certificate {} cannot be read; the one that was read last stays: {}",
          files.certFile(),
          said(e));
    }
  }

  private void read() throws IOException, GeneralSecurityException {
    Identity identity = Identity.read(files.certFile(), files.keyFile());
    if (clients != null && files.clientCaFile() != null) {
      clients.updateTrustCredentials(files.clientCaFile().toFile());
      if (clients.getAcceptedIssuers().length == 0) {
        throw new CertificateException("no certificate in " + files.clientCaFile());
      }
    }
    identity.give(keys);
  }

  private long stampNow() {
    LongSupplier ca =
        () -> files.clientCaFile() == null ? 0 : modified(files.clientCaFile().toFile());
    return 31 * (31 * modified(files.certFile().toFile()) + modified(files.keyFile().toFile()))
        + ca.getAsLong();
  }

  private static long modified(File file) {
    return 31 * file.lastModified() + file.length();
  }

  private static String said(Exception e) {
    return e instanceof java.io.FileNotFoundException
            || e instanceof java.nio.file.NoSuchFileException
        ? "a file cannot be read: " + e.getMessage()
        : "no usable certificate and key: " + e;
  }

  @Override
  public void close() {
    looking.cancel(false);
    clock.shutdownNow();
  }
}
