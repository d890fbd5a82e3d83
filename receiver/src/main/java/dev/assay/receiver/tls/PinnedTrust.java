package dev.assay.receiver.tls;

import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts one certificate, and no other. Who can name the file that a server of this machine shows
 * needs neither an authority nor the name that stands in it; only the holder of its key gets
 * through.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
  private final X509Certificate pinned;

  private PinnedTrust(X509Certificate pinned) {
    this.pinned = pinned;
  }

  static PinnedTrust read(Path certFile) throws IOException {
    try (InputStream in = Files.newInputStream(certFile)) {
      return new PinnedTrust(CertificateUtils.getX509Certificates(in)[0]);
    } catch (CertificateException | ArrayIndexOutOfBoundsException e) {
      throw new IOException(certFile + " holds no certificate", e);
    }
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (chain.length == 0 || !chain[0].equals(pinned)) {
      throw new CertificateException("it is not the certificate of the server's file");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[] {pinned};
  }
}
