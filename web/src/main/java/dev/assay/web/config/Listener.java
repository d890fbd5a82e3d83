package dev.assay.web.config;

import dev.assay.receiver.tls.TlsFiles;
import dev.assay.web.status.ServerStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place to listen at.
 *
 * @param host an address or a name of this machine
 * @param port 0 takes a free one
 * @param tls null: without
 * @param authenticated whether a token is asked for
 * @param limitMessageBytes of one request, before and after decompression
 */
public record Listener(
    String host, int port, @Nullable TlsFiles tls, boolean authenticated, int limitMessageBytes) {
  /** Of one request, where nothing else is said. A Collector's batch of 8,192 records fits. */
  public static final int LIMIT_MESSAGE_BYTES = 16 << 20;

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");
  private static final int MOST_MIB = 64;
  private static final Duration RELOAD = Duration.ofSeconds(10);

  /** On loopback, open to who is on this machine. */
  public static Listener loopback(int port) {
    return new Listener("127.0.0.1", port, null, false, LIMIT_MESSAGE_BYTES);
  }

  /** Whether only who is on this machine can reach it. */
  public boolean loopback() {
    return LOOPBACK.contains(host);
  }

  /** How a client on this machine reaches it, once the real port is known. */
  public ServerStatus.Place place(int realPort) {
    boolean any = host.equals("0.0.0.0") || host.equals("[::]");
    return new ServerStatus.Place(
        (tls == null ? "http://" : "https://") + (any ? "127.0.0.1" : host) + ":" + realPort,
        authenticated,
        tls == null ? null : tls.certFile().toString());
  }

  /**
   * With what the file says of it besides its endpoint.
   *
   * @param tokens whether there is a file of tokens
   */
  Listener with(Section section, boolean tokens) throws ConfigException {
    section.has("endpoint"); // which is a setting, and known there
    long limit = limitMessageBytes;
    if (section.key().endsWith(".grpc")) {
      limit = section.whole("max_recv_msg_size_mib", limit >> 20, 1, MOST_MIB) << 20;
    } else if (section.key().endsWith(".http")) {
      limit = section.whole("max_request_body_size", limit, 1 << 10, (long) MOST_MIB << 20);
    }
    Section auth = section.section("auth");
    boolean asked = auth.has("authenticator");
    auth.oneOf("authenticator", "bearertokenauth", "bearertokenauth");
    auth.done();
    if (asked && !tokens) {
      throw new ConfigException(
          auth.key()
              + ": asks for tokens; name their file with --tokens-file (assay token makes one)");
    }
    Listener read =
        new Listener(host, port, tls(section.section("tls")), asked || !loopback(), (int) limit);
    section.done();
    return read;
  }

  private @Nullable TlsFiles tls(Section tls) throws ConfigException {
    Path cert = tls.path("cert_file");
    Path key = tls.path("key_file");
    Path clientCa = tls.path("client_ca_file");
    Duration reload =
        tls.duration("reload_interval", RELOAD, Duration.ofSeconds(1), Duration.ofDays(1));
    boolean insecure = tls.flag("insecure", false);
    tls.done();
    if (cert != null && key != null) {
      return new TlsFiles(cert, key, clientCa, reload);
    }
    if (cert != null || key != null || clientCa != null) {
      throw new ConfigException(
          tls.key() + ": cert_file and key_file are needed; one of them is missing");
    }
    if (!loopback() && !insecure) {
      throw new ConfigException(
          tls.key()
              + ": "
              + host
              + " is not the loopback, and tokens would travel unencrypted: set cert_file and"
              + " key_file, or insecure: true where something in front of it encrypts");
    }
    return null;
  }
}
