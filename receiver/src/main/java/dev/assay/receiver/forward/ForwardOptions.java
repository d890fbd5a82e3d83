package dev.assay.receiver.forward;

import dev.assay.receiver.tls.ClientTlsFiles;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * One endpoint that requests are passed on to.
 *
 * @param name as in the configuration, for instance {@code otlp/backend}
 * @param grpc whether over gRPC; else over HTTP, as protobuf
 * @param endpoint {@code http} or {@code https}, host and port; over HTTP also the path before
 *     {@code v1/logs}
 * @param headers sent with each request; their values are secrets
 * @param tls for {@code https}; read again each hour
 * @param gzip whether requests are compressed
 * @param timeout of one attempt
 * @param queue what waits
 * @param retry what is sent again
 * @param signals that are passed on to it
 * @param agentRecords what is passed on of the agent's records
 * @param textLines whether lines may be passed on as text; false in content mode {@code signature}
 * @param allowed attributes that are passed on besides those of the allow list
 */
public record ForwardOptions(
    String name,
    boolean grpc,
    URI endpoint,
    Map<String, String> headers,
    ClientTlsFiles tls,
    boolean gzip,
    Duration timeout,
    Queue queue,
    Retry retry,
    Set<ForwardedSignal> signals,
    AgentRecords agentRecords,
    boolean textLines,
    Set<String> allowed) {

  public ForwardOptions {
    headers = Map.copyOf(headers);
    signals = Set.copyOf(signals);
    allowed = Set.copyOf(allowed);
    if (endpoint.getHost() == null
        || !("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))) {
      throw new IllegalArgumentException(name + ": '" + endpoint + "' is no http or https URL");
    }
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException(name + ": a timeout is more than nothing");
    }
  }

  /** With the Collector's defaults. */
  public static ForwardOptions to(String name, boolean grpc, URI endpoint) {
    return new ForwardOptions(
        name,
        grpc,
        endpoint,
        Map.of(),
        ClientTlsFiles.STANDARD,
        true,
        Duration.ofSeconds(grpc ? 5 : 30),
        Queue.STANDARD,
        Retry.STANDARD,
        EnumSet.allOf(ForwardedSignal.class),
        AgentRecords.WITHOUT_LINES,
        true,
        Set.of());
  }

  /** The same, with requests as they are. */
  public ForwardOptions withoutCompression() {
    return with(headers, false);
  }

  /** The same, with these headers. */
  public ForwardOptions withHeaders(Map<String, String> others) {
    return with(others, gzip);
  }

  private ForwardOptions with(Map<String, String> others, boolean compressed) {
    return new ForwardOptions(
        name,
        grpc,
        endpoint,
        others,
        tls,
        compressed,
        timeout,
        queue,
        retry,
        signals,
        agentRecords,
        textLines,
        allowed);
  }

  /** The port, also where the endpoint names none. */
  int port() {
    if (endpoint.getPort() >= 0) {
      return endpoint.getPort();
    }
    return secure() ? 443 : 80;
  }

  boolean secure() {
    return "https".equals(endpoint.getScheme());
  }

  /** Never the headers' values. */
  @Override
  public String toString() {
    return name + " (" + endpoint.getScheme() + "://" + endpoint.getHost() + ":" + port() + ")";
  }

  /**
   * What waits to be passed on.
   *
   * @param limitBytes of all requests that wait or are being sent
   * @param limitRequests how many wait or are being sent
   * @param consumers how many are sent at one time; each is a thread
   * @param overflow what happens to a request that finds it full
   */
  public record Queue(long limitBytes, int limitRequests, int consumers, Overflow overflow) {
    /** Memory is bounded whatever the requests' number: some 300,000 records. */
    public static final long LIMIT_BYTES = 64 << 20;

    /** The Collector's, and a bound of bytes. */
    public static final Queue STANDARD = new Queue(LIMIT_BYTES, 1000, 10, Overflow.DROP_NEWEST);

    public Queue {
      if (limitBytes < 1 || limitRequests < 1 || consumers < 1) {
        throw new IllegalArgumentException("a queue has room, and somebody who empties it");
      }
    }
  }

  /** Who is dropped, and counted, where the queue is full. */
  public enum Overflow {
    /** The request that comes; as the Collector does. */
    DROP_NEWEST,
    /** Those that have waited longest, until the one that comes fits. */
    DROP_OLDEST
  }

  /**
   * When a request that may be sent again is sent again.
   *
   * @param enabled else it is dropped at its first failure
   * @param initial the first pause
   * @param spread 0 to 1: by which part a pause is shortened or lengthened by chance
   * @param growth by which each pause is longer than the one before; 1 or more
   * @param most the longest pause, but for what the endpoint asks for
   * @param elapsed a request that has been tried for so long is dropped; zero: never
   */
  public record Retry(
      boolean enabled,
      Duration initial,
      double spread,
      double growth,
      Duration most,
      Duration elapsed) {
    /** As the Collector's. */
    public static final Retry STANDARD =
        new Retry(
            true, Duration.ofSeconds(5), 0.5, 1.5, Duration.ofSeconds(30), Duration.ofMinutes(5));

    public Retry {
      if (initial.isNegative() || initial.isZero() || most.isNegative() || elapsed.isNegative()) {
        throw new IllegalArgumentException("a pause is longer than nothing");
      }
      if (!(spread >= 0 && spread <= 1 && growth >= 1)) {
        throw new IllegalArgumentException("a spread is 0 to 1, a growth 1 or more");
      }
    }
  }
}
