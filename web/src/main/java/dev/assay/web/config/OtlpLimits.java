package dev.assay.web.config;

import dev.assay.receiver.interpret.Interpreter;
import dev.assay.receiver.otlp.OtlpOptions.GrpcConnection;
import dev.assay.receiver.otlp.OtlpOptions.Limits;
import java.time.Duration;

/**
 * What the OTLP listeners take at one time, and for how long they wait. The Collector's keys where
 * it has one.
 *
 * @param endpoints of both listeners
 * @param series of counters that may send points on one day
 */
public record OtlpLimits(Limits endpoints, int series) {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** The limits of docs/operations.md. */
  public static OtlpLimits standard() {
    return new OtlpLimits(Limits.standard(), Interpreter.LIMIT_SERIES);
  }

  /**
   * Leaves it to the listeners to refuse keys of {@code grpc} and {@code http} that nobody asks
   * for.
   */
  static OtlpLimits read(Section grpc, Section http, Section limits) throws ConfigException {
    Limits otherwise = Limits.standard();
    GrpcConnection connection = otherwise.grpc();
    Section keepAlive = grpc.section("keepalive");
    Section server = keepAlive.section("server_parameters");
    int calls = (int) grpc.whole("max_concurrent_streams", connection.calls(), 1, 10_000);
    GrpcConnection read =
        new GrpcConnection(
            calls,
            millis(server, "max_connection_idle", connection.idleMillis(), DAY),
            millis(server, "time", connection.askMillis(), DAY),
            millis(server, "timeout", connection.answerMillis(), HOUR));
    server.done();
    keepAlive.done();
    long pendingMib = limits.whole("pending_mib", otherwise.pendingBytes() >> 20, 1, 1024);
    int pending = (int) (pendingMib << 20);
    OtlpLimits all =
        new OtlpLimits(
            new Limits(
                pending,
                pending,
                (int) limits.whole("requests", otherwise.requests(), 1, 1_000_000),
                (int) limits.whole("connections", otherwise.connections(), 1, 1_000_000),
                (int) millis(http, "read_header_timeout", otherwise.headerMillis(), HOUR),
                (int) millis(http, "read_timeout", otherwise.bodyMillis(), HOUR),
                (int) millis(http, "idle_timeout", otherwise.idleMillis(), HOUR),
                read),
            (int) limits.whole("series", Interpreter.LIMIT_SERIES, 1, 10_000_000));
    limits.done();
    return all;
  }

  /**
   * As it is, where each listener's message finds room.
   *
   * @throws ConfigException where one does not
   */
  OtlpLimits holding(Listener grpc, Listener http) throws ConfigException {
    int message = Math.max(grpc.limitMessageBytes(), http.limitMessageBytes());
    if (endpoints.pendingBytes() < message) {
      throw new ConfigException(
          "receivers.otlp.limits.pending_mib: "
              + (endpoints.pendingBytes() >> 20)
              + " MiB hold no message of "
              + message
              + " bytes, which the listeners take: raise it, or lower max_recv_msg_size_mib and"
              + " max_request_body_size");
    }
    return this;
  }

  private static long millis(Section section, String name, long otherwise, Duration most)
      throws ConfigException {
    return section.duration(name, Duration.ofMillis(otherwise), SECOND, most).toMillis();
  }
}
