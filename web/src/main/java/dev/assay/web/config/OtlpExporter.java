package dev.assay.web.config;

import dev.assay.receiver.tls.ClientTlsFiles;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A further OTLP endpoint that what arrives is forwarded to: {@code exporters.otlp} (gRPC) or
 * {@code exporters.otlphttp}, by the Collector's names, old and new, and with its defaults.
 *
 * @param id as the file names it, for instance {@code otlp/backend}
 * @param endpoint for HTTP the base, to which {@code /v1/logs} and so on is added
 * @param headers of each request; they may hold secrets
 * @param compression {@code gzip} or {@code none}
 * @param timeout of one request
 * @param agentRecords {@code none}, {@code without_lines} or {@code all}: what is passed on of the
 *     records of Assay's agent
 * @param allowAttributes names that are passed on besides those of the allow list
 */
public record OtlpExporter(
    String id,
    Protocol protocol,
    URI endpoint,
    Map<String, String> headers,
    ClientTlsFiles tls,
    String compression,
    Duration timeout,
    SendingQueue sendingQueue,
    RetryOnFailure retryOnFailure,
    String agentRecords,
    Set<String> allowAttributes) {
  /** What Assay keeps to itself: no setting lets it out. */
  private static final Set<String> NEVER =
      Set.of(
          "prompt",
          "prompt_text",
          "user_prompt",
          "response",
          "body",
          "body_ref",
          "error",
          "tool_input",
          "tool_parameters");

  /** By the Collector's names: the older ones, and those that its newer versions prefer. */
  static final String[] KEYS = {
    "exporters.otlp", "exporters.otlp_grpc", "exporters.otlphttp", "exporters.otlp_http"
  };

  private static final Duration LONGEST = Duration.ofHours(1);

  /** What is spoken there. */
  public enum Protocol {
    GRPC,
    HTTP_PROTOBUF
  }

  /**
   * What waits for delivery, in memory.
   *
   * @param queueBytes at most; what comes while it is full is dropped and counted, or
   * @param queueRequests at most
   * @param numConsumers requests under way at one time
   * @param dropOldest whether those that have waited longest go for the one that comes
   */
  public record SendingQueue(
      long queueBytes, int queueRequests, int numConsumers, boolean dropOldest) {
    private static final long LIMIT_BYTES = 64 << 20;
    private static final long LEAST_BYTES = 1 << 20;
    private static final long MOST_BYTES = 16L << 30;

    static SendingQueue read(Section queue) throws ConfigException {
      if (!queue.flag("enabled", true)) {
        throw queue.refused("enabled", "is not offered: a backend never makes ingest wait");
      }
      boolean bytes = queue.oneOf("sizer", "requests", "requests", "bytes").equals("bytes");
      long size =
          bytes
              ? queue.whole("queue_size", LIMIT_BYTES, LEAST_BYTES, MOST_BYTES)
              : queue.whole("queue_size", 1000, 1, 1_000_000);
      SendingQueue read =
          new SendingQueue(
              bytes ? size : LIMIT_BYTES,
              bytes ? Integer.MAX_VALUE : (int) size,
              (int) queue.whole("num_consumers", 10, 1, 64),
              queue
                  .oneOf("overflow", "drop_newest", "drop_newest", "drop_oldest")
                  .equals("drop_oldest"));
      queue.done();
      return read;
    }
  }

  /**
   * How often, and for how long, a request that failed is sent again.
   *
   * @param maxElapsedTime after which it is dropped and counted; zero: never
   */
  public record RetryOnFailure(
      boolean enabled,
      Duration initialInterval,
      double randomizationFactor,
      double multiplier,
      Duration maxInterval,
      Duration maxElapsedTime) {
    static RetryOnFailure read(Section retry) throws ConfigException {
      Duration tick = Duration.ofMillis(1);
      RetryOnFailure read =
          new RetryOnFailure(
              retry.flag("enabled", true),
              retry.duration("initial_interval", Duration.ofSeconds(5), tick, LONGEST),
              retry.number("randomization_factor", 0.5, 0, 1),
              retry.number("multiplier", 1.5, 1, 100),
              retry.duration("max_interval", Duration.ofSeconds(30), tick, LONGEST),
              retry.duration(
                  "max_elapsed_time", Duration.ofMinutes(5), Duration.ZERO, Duration.ofDays(7)));
      // As the Collector has it: what would never be reached is a mistake.
      if (read.maxInterval.compareTo(read.initialInterval) < 0) {
        throw retry.refused("max_interval", "is shorter than initial_interval");
      }
      if (!read.maxElapsedTime.isZero() && read.maxElapsedTime.compareTo(read.maxInterval) < 0) {
        throw retry.refused("max_elapsed_time", "is shorter than max_interval; 0 is for ever");
      }
      retry.done();
      return read;
    }
  }

  public OtlpExporter {
    headers = Map.copyOf(headers);
    allowAttributes = Set.copyOf(allowAttributes);
  }

  /** Reads one, whose key begins with {@code exporters.}. */
  static OtlpExporter read(Section section) throws ConfigException {
    String id = section.key().substring("exporters.".length());
    boolean http = id.startsWith("otlphttp") || id.startsWith("otlp_http");
    boolean insecure = section.section("tls").flag("insecure", false);
    URI endpoint = section.address("endpoint", insecure ? "http" : "https");
    if (!http && !endpoint.getRawPath().isEmpty() && !endpoint.getRawPath().equals("/")) {
      throw section.refused("endpoint", "has a path, which means nothing over gRPC");
    }
    OtlpExporter read =
        new OtlpExporter(
            id,
            http ? Protocol.HTTP_PROTOBUF : Protocol.GRPC,
            endpoint,
            section.headers("headers"),
            tls(section.section("tls"), endpoint),
            section.oneOf("compression", "gzip", "gzip", "none"),
            section.duration(
                "timeout", Duration.ofSeconds(http ? 30 : 5), Duration.ofMillis(1), LONGEST),
            SendingQueue.read(section.section("sending_queue")),
            RetryOnFailure.read(section.section("retry_on_failure")),
            section.oneOf("agent_records", "without_lines", "none", "without_lines", "all"),
            allowed(section));
    section.done();
    return read;
  }

  private static ClientTlsFiles tls(Section tls, URI endpoint) throws ConfigException {
    boolean insecure = tls.flag("insecure", false); // the scheme of an address without one
    boolean secure = "https".equals(endpoint.getScheme());
    if (insecure && secure) {
      throw tls.refused("insecure", "contradicts the endpoint, which begins with https://");
    }
    Path ca = tls.path("ca_file");
    Path cert = tls.path("cert_file");
    Path key = tls.path("key_file");
    if ((cert == null) != (key == null)) {
      throw new ConfigException(
          tls.key() + ": cert_file and key_file belong together; one of them is missing");
    }
    if (!secure && (ca != null || cert != null)) {
      throw new ConfigException(
          tls.key() + ": its files mean nothing, for the endpoint is asked without TLS");
    }
    tls.done();
    return new ClientTlsFiles(ca, cert, key);
  }

  private static Set<String> allowed(Section section) throws ConfigException {
    List<String> names = section.texts("allow_attributes");
    for (String name : names) {
      if (NEVER.contains(name)) {
        throw new ConfigException(
            section.key()
                + ".allow_attributes: '"
                + name
                + "' holds what people and Claude Code said; it is never passed on");
      }
    }
    return Set.copyOf(names);
  }

  /** Without the headers' values: they may be secrets. */
  @Override
  public String toString() {
    return id + " to " + endpoint + " with headers " + headers.keySet();
  }
}
