package dev.assay.receiver.otlp;

import java.util.Set;

/**
 * Where and within which limits to listen.
 *
 * @param host address or name to bind to
 * @param grpcPort 0 takes a free one
 * @param httpPort 0 takes a free one
 * @param allowedHosts names that a request's Host may have besides the loopback's own, without port
 * @param limitMessageBytes of one request, before and after decompression
 * @param limitPendingBytes of all requests that are being decoded and committed at one time; at
 *     least one message
 */
public record OtlpOptions(
    String host,
    int grpcPort,
    int httpPort,
    Set<String> allowedHosts,
    int limitMessageBytes,
    int limitPendingBytes) {

  /** A Collector's batch of 8,192 records fits; four times what a Collector itself accepts. */
  public static final int LIMIT_MESSAGE_BYTES = 16 << 20;

  /** Decoded, a request takes several times its size in memory. */
  public static final int LIMIT_PENDING_BYTES = 64 << 20;

  public OtlpOptions {
    allowedHosts = Set.copyOf(allowedHosts);
    checkPort("--otlp-grpc-port", grpcPort);
    checkPort("--otlp-http-port", httpPort);
    if (limitMessageBytes < 1 || limitPendingBytes < limitMessageBytes) {
      throw new IllegalArgumentException(
          "the limit of pending bytes ("
              + limitPendingBytes
              + ") must not be below that of one message ("
              + limitMessageBytes
              + "), and neither below 1");
    }
  }

  /** Loopback only, with the default limits. */
  public static OtlpOptions loopback(int grpcPort, int httpPort) {
    return new OtlpOptions(
        "127.0.0.1", grpcPort, httpPort, Set.of(), LIMIT_MESSAGE_BYTES, LIMIT_PENDING_BYTES);
  }

  private static void checkPort(String flag, int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(flag + ": " + port + " is not between 0 and 65535");
    }
  }
}
