package dev.assay.web.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A further OTLP endpoint that what arrives is forwarded to: {@code exporters.otlp} (gRPC) or
 * {@code exporters.otlphttp}, by the Collector's names and with its defaults.
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
    ClientTls tls,
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

    static SendingQueue read(Section queue) throws ConfigException {
      if (!queue.flag("enabled", true)) {
        throw queue.refused("enabled", "is not offered: a backend never makes ingest wait");
      }
      boolean bytes = queue.oneOf("sizer", "requests", "requests", "bytes").equals("bytes");
      long size =
          bytes
              ? queue.whole("queue_size", LIMIT_BYTES, LEAST_BYTES, Long.MAX_VALUE)
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
    boolean insecure = section.section("tls").flag("insecure", false);
    OtlpExporter read =
        new OtlpExporter(
            id,
            id.startsWith("otlphttp") ? Protocol.HTTP_PROTOBUF : Protocol.GRPC,
            section.address("endpoint", insecure ? "http" : "https"),
            section.map("headers"),
            ClientTls.read(section.section("tls")),
            section.oneOf("compression", "gzip", "gzip", "none"),
            section.duration(
                "timeout",
                Duration.ofSeconds(id.startsWith("otlphttp") ? 30 : 5),
                Duration.ofMillis(1),
                LONGEST),
            SendingQueue.read(section.section("sending_queue")),
            RetryOnFailure.read(section.section("retry_on_failure")),
            section.oneOf("agent_records", "without_lines", "none", "without_lines", "all"),
            allowed(section));
    section.done();
    return read;
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
