package dev.assay.web.config;

import java.util.List;
import java.util.Set;

/** Which keys of the file begin a section: what stands there has no flag and no variable. */
final class Component {
  /** Components that may stand there several times, told apart by a name behind a slash. */
  private static final Set<String> NAMED =
      Set.of(
          "processors.attributes",
          "processors.redaction",
          "exporters.otlp",
          "exporters.otlp_grpc",
          "exporters.otlphttp",
          "exporters.otlp_http");

  /** All of them, without names. */
  static final List<String> KEYS =
      List.of(
          "receivers.otlp.protocols.grpc",
          "receivers.otlp.protocols.http",
          "receivers.otlp.limits",
          "processors.attributes",
          "processors.redaction",
          "exporters.dashboard",
          "exporters.otlp",
          "exporters.otlp_grpc",
          "exporters.otlphttp",
          "exporters.otlp_http",
          "extensions.bearertokenauth",
          "service",
          "service.pipelines",
          "service.telemetry.metrics");

  private Component() {}

  static boolean isSection(String key) {
    int slash = key.indexOf('/');
    return slash < 0
        ? KEYS.contains(key)
        : NAMED.contains(key.substring(0, slash)) && slash + 1 < key.length();
  }
}
