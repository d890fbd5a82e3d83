package dev.assay.receiver.forward;

import dev.assay.receiver.tls.TlsTrouble;

/** What an endpoint said to one attempt. */
sealed interface Answer {
  /**
   * It has it.
   *
   * @param rejected records that it did not take, and does not want again
   */
  record Taken(long rejected) implements Answer {}

  /**
   * Not now.
   *
   * @param why a word for counters: a status's name or number, {@code tls}, {@code timeout}
   * @param delayMillis when it wants it again at the earliest; 0 where it does not say
   * @param detail for the log: what is to be mended; empty where the word says it all
   */
  record Later(String why, long delayMillis, String detail) implements Answer {
    Later(String why, long delayMillis) {
      this(why, delayMillis, "");
    }

    /** No handshake came about. */
    static Later of(TlsTrouble trouble) {
      String mend =
          switch (trouble) {
            case NAME -> "; endpoint must have a name of its certificate";
            case TIME -> "; renew it, or put the clocks right";
            case UNTRUSTED -> "; name those who signed it in tls.ca_file";
            case REFUSED -> "; name ours in tls.cert_file and tls.key_file";
            case PLAIN -> "; its endpoint begins with http://, or tls.insecure is true";
            case OTHER -> "";
          };
      return new Later("tls", 0, trouble.text() + mend);
    }

    /**
     * A connection that was to speak TLS ended before its answer. With TLS 1.3 a client is through
     * with its handshake before the server looks at its certificate (RFC 8446, section 4.4), and
     * where it writes to a connection that was closed meanwhile the alert that says why is lost.
     */
    static Later ended(String why) {
      return new Later(
          why,
          0,
          "it ended the connection before its answer; where it asks for a certificate that it"
              + " trusts, name ours in tls.cert_file and tls.key_file");
    }

    /** For the log. */
    String said() {
      return detail.isEmpty() ? why : why + ": " + detail;
    }
  }

  /**
   * Never.
   *
   * @param why a word for counters: a status's name or number
   */
  record Never(String why) implements Answer {}
}
