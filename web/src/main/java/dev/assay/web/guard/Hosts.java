package dev.assay.web.guard;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which values of the Host header are ours. A page of a foreign site can make a name of its own
 * point to this machine (DNS rebinding) and would then read everything that is served here without
 * a login; such a request carries the foreign name.
 */
final class Hosts {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> allowed;

  /**
   * @param allowed names beside the loopback's, without a port
   */
  Hosts(Set<String> allowed) {
    this.allowed =
        allowed.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  /**
   * @param header the Host header, with or without a port; any port will do, for tunnels have their
   *     own
   * @param localAddress the address at which the request arrived
   */
  boolean allows(@Nullable String header, String localAddress) {
    if (header == null) {
      return false;
    }
    String name = withoutPort(header.strip().toLowerCase(Locale.ROOT));
    return LOOPBACK.contains(name)
        || allowed.contains(name)
        || name.equals(bracketed(localAddress.toLowerCase(Locale.ROOT)));
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  private static String bracketed(String address) {
    return address.indexOf(':') < 0 || address.startsWith("[") ? address : "[" + address + "]";
  }
}
