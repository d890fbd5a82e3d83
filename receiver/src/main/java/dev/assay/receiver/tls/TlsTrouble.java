package dev.assay.receiver.tls;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a failed handshake means to a client's operator. */
public enum TlsTrouble {
  /** The server's certificate is for another name. */
  NAME("it shows a certificate for another name"),
  /** The server's certificate has run out, or is not valid yet. */
  TIME("it shows a certificate that has run out, or is not valid yet"),
  /** Nobody whom we trust signed the server's certificate. */
  UNTRUSTED("it shows a certificate that nobody signed whom we trust"),
  /** The server wants a certificate of ours, or does not take the one that we showed. */
  REFUSED("it asks for a certificate that it trusts"),
  /** The other end speaks no TLS. */
  PLAIN("it speaks no TLS"),
  OTHER("TLS fails");

  /**
   * Of a certificate that is missing or not trusted. What a trust manager refuses, a server with
   * BoringSSL, as those of gRPC are, calls an internal error.
   */
  private static final Pattern REFUSAL =
      Pattern.compile(
          "(?s).*alert.*(certificate|unknown_ca|access_denied|handshake_failure|internal_error).*");

  private final String text;

  TlsTrouble(String text) {
    this.text = text;
  }

  /** Null where TLS is not to blame. */
  public static @Nullable TlsTrouble of(Throwable failure) {
    SSLException tls = null;
    CertificateException certificate = null;
    for (Throwable each = failure; each != null; each = each.getCause()) {
      tls = each instanceof SSLException found ? found : tls;
      certificate = each instanceof CertificateException found ? found : certificate;
    }
    if (certificate != null && message(certificate).matches("(?s)No .*(matching|present).*")) {
      return NAME;
    }
    if (certificate instanceof CertificateExpiredException
        || certificate instanceof CertificateNotYetValidException) {
      return TIME;
    }
    if (certificate != null || (tls != null && message(tls).contains("PKIX"))) {
      return UNTRUSTED;
    }
    if (tls == null) {
      return null;
    }
    String said = message(tls).toLowerCase(Locale.ROOT); // BoringSSL shouts it
    if (REFUSAL.matcher(said).matches()) {
      return REFUSED;
    }
    return message(tls).contains("SSL message")
            || tls.getClass().getSimpleName().equals("NotSslRecordException")
        ? PLAIN
        : OTHER;
  }

  private static String message(Throwable e) {
    return String.valueOf(e.getMessage());
  }

  /** What is wrong, in a few words. */
  public String text() {
    return text;
  }
}
