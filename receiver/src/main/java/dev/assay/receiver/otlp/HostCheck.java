package dev.assay.receiver.otlp;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that were addressed to another host: a web page that lets its own name point at
 * this machine (DNS rebinding) could otherwise write here with its visitor's browser.
 */
final class HostCheck {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private final Set<String> allowed;

  HostCheck(Set<String> allowed) {
    this.allowed =
        allowed.stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a request's host, without its port, is one of ours. */
  boolean allows(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return LOOPBACK.contains(name) || allowed.contains(name);
  }
}
