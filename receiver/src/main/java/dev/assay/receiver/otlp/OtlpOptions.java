package dev.assay.receiver.otlp;

import dev.assay.receiver.access.Tokens;
import dev.assay.receiver.tls.TlsFiles;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where and within which limits to listen.
 *
 * @param grpc where gRPC is spoken
 * @param http where HTTP is spoken
 * @param allowedHosts names that a request's Host may have besides the loopback's own, without
 *     port, where no token is asked for
 * @param tokens of those who may send; null where a listener asks for none
 * @param limits of what may be under way at one time
 */
public record OtlpOptions(
    Listen grpc, Listen http, Set<String> allowedHosts, @Nullable Tokens tokens, Limits limits) {

  /** A Collector's batch of 8,192 records fits; four times what a Collector itself accepts. */
  public static final int LIMIT_MESSAGE_BYTES = 16 << 20;

  /** Decoded, a request takes several times its size in memory. */
  public static final int LIMIT_PENDING_BYTES = 64 << 20;

  /**
   * One listener.
   *
   * @param host address or name to bind to
   * @param port 0 takes a free one
   * @param tls null: without
   * @param authenticated whether each request needs a token that may send
   * @param limitMessageBytes of one request, before and after decompression
   */
  public record Listen(
      String host, int port, @Nullable TlsFiles tls, boolean authenticated, int limitMessageBytes) {
    /** Without TLS and tokens. */
    public static Listen loopback(int port) {
      return new Listen("127.0.0.1", port, null, false, LIMIT_MESSAGE_BYTES);
    }
  }

  /**
   * What may be under way at one time, and how long it may take.
   *
   * @param pendingBytes of all requests that are being decoded and committed; at least one message
   * @param arrivingBytes of all requests that are not answered yet, as they came over the wire; at
   *     least one message
   * @param requests that are not answered yet
   * @param connections of each listener
   * @param headerMillis how long a request's head may take, and a handshake
   * @param bodyMillis how long a request's body may take
   * @param idleMillis how long a connection may be silent: between two requests over HTTP, and
   *     within a request
   * @param grpc of one connection of gRPC
   */
  public record Limits(
      int pendingBytes,
      int arrivingBytes,
      int requests,
      int connections,
      int headerMillis,
      int bodyMillis,
      int idleMillis,
      GrpcConnection grpc) {
    /** For a server with a gigabyte of heap. */
    public static Limits standard() {
      return new Limits(
          LIMIT_PENDING_BYTES,
          LIMIT_PENDING_BYTES,
          1024,
          16_384,
          10_000,
          30_000,
          30_000,
          GrpcConnection.standard());
    }

    /** With another limit of bytes. */
    public Limits withPendingBytes(int bytes) {
      return new Limits(
          bytes, bytes, requests, connections, headerMillis, bodyMillis, idleMillis, grpc);
    }

    /** With another number of requests at one time. */
    public Limits withRequests(int most) {
      return new Limits(
          pendingBytes,
          arrivingBytes,
          most,
          connections,
          headerMillis,
          bodyMillis,
          idleMillis,
          grpc);
    }

    /** With another number of connections. */
    public Limits withConnections(int most) {
      return new Limits(
          pendingBytes, arrivingBytes, requests, most, headerMillis, bodyMillis, idleMillis, grpc);
    }

    /** With another patience. */
    public Limits withPatience(int header, int body, int idle) {
      return new Limits(
          pendingBytes, arrivingBytes, requests, connections, header, body, idle, grpc);
    }

    /** With other connections of gRPC. */
    public Limits withGrpc(GrpcConnection other) {
      return new Limits(
          pendingBytes,
          arrivingBytes,
          requests,
          connections,
          headerMillis,
          bodyMillis,
          idleMillis,
          other);
    }
  }

  /**
   * One connection of gRPC.
   *
   * @param calls at one time; more wait with their client
   * @param idleMillis without calls, after which it is ended in order; the client makes another
   *     when it needs one
   * @param askMillis of silence, after which the peer is asked whether it is there
   * @param answerMillis after which a peer that was asked is given up
   */
  public record GrpcConnection(int calls, long idleMillis, long askMillis, long answerMillis) {
    /** For clients that stay connected. */
    public static GrpcConnection standard() {
      return new GrpcConnection(100, 600_000, 60_000, 20_000);
    }
  }

  public OtlpOptions {
    allowedHosts = Set.copyOf(allowedHosts);
    checkPort("--otlp-grpc-port", grpc.port());
    checkPort("--otlp-http-port", http.port());
    int message = Math.max(grpc.limitMessageBytes(), http.limitMessageBytes());
    if (message < 1 || limits.pendingBytes() < message || limits.arrivingBytes() < message) {
      throw new IllegalArgumentException(
          "the limit of pending bytes ("
              + limits.pendingBytes()
              + ") must not be below that of one message ("
              + message
              + "), and neither below 1");
    }
    if (tokens == null && (grpc.authenticated() || http.authenticated())) {
      throw new IllegalArgumentException("a listener asks for tokens, and there are none");
    }
  }

  /** Loopback only, with the default limits. */
  public static OtlpOptions loopback(int grpcPort, int httpPort) {
    return new OtlpOptions(
        Listen.loopback(grpcPort), Listen.loopback(httpPort), Set.of(), null, Limits.standard());
  }

  /** With another limit of one message, on both listeners. */
  public OtlpOptions withMessageBytes(int limit) {
    return new OtlpOptions(
        new Listen(grpc.host, grpc.port, grpc.tls, grpc.authenticated, limit),
        new Listen(http.host, http.port, http.tls, http.authenticated, limit),
        allowedHosts,
        tokens,
        limits);
  }

  /** With other names. */
  public OtlpOptions withAllowedHosts(Set<String> names) {
    return new OtlpOptions(grpc, http, names, tokens, limits);
  }

  /** With other limits. */
  public OtlpOptions withLimits(Limits other) {
    return new OtlpOptions(grpc, http, allowedHosts, tokens, other);
  }

  private static void checkPort(String flag, int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(flag + ": " + port + " is not between 0 and 65535");
    }
  }
}
