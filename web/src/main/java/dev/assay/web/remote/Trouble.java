package dev.assay.web.remote;

import dev.assay.receiver.tls.TlsTrouble;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;

/** What a failed connection means, and by which option it is mended. */
final class Trouble {
  private Trouble() {}

  static NotAskedException of(IOException e, URI server) {
    String who = "the server at " + server;
    TlsTrouble tls = TlsTrouble.of(e);
    if (tls != null) {
      return new NotAskedException(who + " cannot be asked: " + tls.text(), mend(tls));
    }
    if (e instanceof ConnectException || e instanceof HttpTimeoutException) {
      return new NotAskedException(
          who + " does not answer", "start it, or name its address with --server");
    }
    return new NotAskedException(
        who + " cannot be asked: " + e.getMessage(),
        "http".equals(server.getScheme())
            ? "where it speaks TLS its address begins with https://"
            : "look at its standard error; where it asks for a certificate name ours with --cert-file"
                + " and --cert-key-file");
  }

  private static String mend(TlsTrouble tls) {
    return switch (tls) {
      case NAME -> "ask for it by a name of its certificate: --server https://NAME:PORT";
      case TIME -> "renew it, or put the clocks right";
      case UNTRUSTED -> "name those who signed it with --ca-file";
      case REFUSED -> "name ours with --cert-file and --cert-key-file";
      case PLAIN -> "its address begins with http://";
      case OTHER -> "look at its standard error, and at --cert-file and --cert-key-file";
    };
  }
}
