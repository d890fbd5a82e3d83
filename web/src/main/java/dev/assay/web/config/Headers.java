package dev.assay.web.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may be a header of an exporter's requests. Refused at start, because the libraries refuse
 * with each request, and show the value when they do; here it is never shown.
 */
final class Headers {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern VALUE =
      Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e\\t]*[\\x21-\\x7e])?");

  /** Set by the protocol itself. */
  private static final Set<String> OWN =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "te",
          "transfer-encoding",
          "upgrade");

  private Headers() {}

  /**
   * @param key where it stands, for the refusal
   */
  static void check(String key, String name, String value) throws ConfigException {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches() || lower.startsWith("grpc-") || lower.endsWith("-bin")) {
      throw new ConfigException(key + ": this is no name of a header");
    }
    if (OWN.contains(lower)) {
      throw new ConfigException(key + ": this header is the protocol's own");
    }
    if (!VALUE.matcher(value).matches()) {
      throw new ConfigException(
          key + ": its value (not shown) is empty, or has characters that no header can carry");
    }
  }
}
