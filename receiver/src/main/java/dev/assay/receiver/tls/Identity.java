package dev.assay.receiver.tls;

import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/**
 * A certificate with its chain, and the private key that belongs to it. While a renewal has
 * replaced one of the two files and not yet the other, they are no pair, and nothing is shown that
 * no handshake could be made with.
 */
final class Identity {
  private static final byte[] PROBE = {1};

  private final X509Certificate[] chain;
  private final PrivateKey key;

  private Identity(X509Certificate[] chain, PrivateKey key) {
    this.chain = chain;
    this.key = key;
  }

  /**
   * Reads both.
   *
   * @throws GeneralSecurityException where they are no pair; never shows the key
   */
  static Identity read(Path certFile, Path keyFile) throws IOException, GeneralSecurityException {
    X509Certificate[] chain;
    PrivateKey key;
    try (InputStream in = Files.newInputStream(certFile)) {
      chain = CertificateUtils.getX509Certificates(in);
    }
    try (InputStream in = Files.newInputStream(keyFile)) {
      key = CertificateUtils.getPrivateKey(in);
    }
    if (chain.length == 0) {
      throw new CertificateException("there is no certificate in " + certFile);
    }
    if (!pair(chain[0], key)) {
      throw new KeyException("the key is not the certificate's");
    }
    return new Identity(chain, key);
  }

  private static boolean pair(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
      return false;
    }
    Signature signature =
        Signature.getInstance(
            key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
    signature.initSign(key);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(PROBE);
    return signature.verify(signed);
  }

  void give(AdvancedTlsX509KeyManager keys) {
    keys.updateIdentityCredentials(chain, key);
  }
}
