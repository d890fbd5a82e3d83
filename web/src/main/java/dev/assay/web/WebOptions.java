package dev.assay.web;

import dev.assay.receiver.access.Tokens;
import dev.assay.receiver.tls.ServerTls;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the API and the dashboard are served.
 *
 * @param host the address to listen on; loopback unless the operator says otherwise
 * @param port 0 takes a free one
 * @param allowedHosts further names under which browsers may ask for it, for instance {@code
 *     assay.example.com}; loopback names and the address of {@code host} are always allowed
 * @param tokens of those who may read; null where nobody is asked for one
 * @param tls null: without
 */
public record WebOptions(
    String host,
    int port,
    Set<String> allowedHosts,
    @Nullable Tokens tokens,
    @Nullable ServerTls tls) {
  /** Where nothing else is said. */
  public static final String LOOPBACK = "127.0.0.1";

  public WebOptions {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port: " + port + " is not between 0 and 65535");
    }
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /** On loopback, at this port, open to who is on this machine. */
  public static WebOptions loopback(int port) {
    return new WebOptions(LOOPBACK, port, Set.of(), null, null);
  }
}
