package dev.assay.web.config;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * A further OTLP endpoint that what arrives is forwarded to: {@code exporters.otlp} (gRPC) or
 * {@code exporters.otlphttp}, by the Collector's names and with its defaults.
 *
 * @param id as the file names it, for instance {@code otlp/backend}
 * @param endpoint for HTTP the base, to which {@code /v1/logs} and so on is added
 * @param headers of each request; they may hold secrets
 * @param compression {@code gzip}, {@code zstd} or {@code none}
 * @param timeout of one request
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
    RetryOnFailure retryOnFailure) {
  private static final Duration LONGEST = Duration.ofHours(1);

  /** What is spoken there. */
  public enum Protocol {
    GRPC,
    HTTP_PROTOBUF
  }

  /**
   * What waits for delivery.
   *
   * @param queueSize requests; what comes while it is full is dropped and counted
   * @param numConsumers requests under way at one time
   */
  public record SendingQueue(boolean enabled, int queueSize, int numConsumers) {
    static SendingQueue read(Section queue) throws ConfigException {
      SendingQueue read =
          new SendingQueue(
              queue.flag("enabled", true),
              (int) queue.whole("queue_size", 1000, 1, 1_000_000),
              (int) queue.whole("num_consumers", 10, 1, 1000));
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
            section.oneOf("compression", "gzip", "gzip", "zstd", "none"),
            section.duration(
                "timeout",
                Duration.ofSeconds(id.startsWith("otlphttp") ? 30 : 5),
                Duration.ofMillis(1),
                LONGEST),
            SendingQueue.read(section.section("sending_queue")),
            RetryOnFailure.read(section.section("retry_on_failure")));
    section.done();
    return read;
  }

  /** Without the headers' values: they may be secrets. */
  @Override
  public String toString() {
    return id + " to " + endpoint + " with headers " + headers.keySet();
  }
}
