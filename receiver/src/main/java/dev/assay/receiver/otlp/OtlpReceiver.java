package dev.assay.receiver.otlp;

import dev.assay.receiver.interpret.Interpreter;
import dev.assay.store.Store;
import io.opentelemetry.api.metrics.Meter;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The OTLP endpoints. What a sender gets an acknowledgement for has been committed to the store; a
 * store that cannot keep it makes the sender hear "unavailable" and when to come back. Memory is
 * bounded whatever comes. Started once, shut down once.
 */
public final class OtlpReceiver {
  private static final Logger log = LoggerFactory.getLogger(OtlpReceiver.class);

  private final OtlpOptions options;
  private final GrpcEndpoint grpc;
  private final HttpEndpoint http;

  /**
   * @param meter for the counters that docs/telemetry.md lists under {@code assay.otlp.}
   * @param clock says when an exporter was heard
   */
  public OtlpReceiver(
      OtlpOptions options, Interpreter interpreter, Store store, Meter meter, InstantSource clock) {
    this.options = options;
    Counters counters = new Counters(meter);
    Ingest ingest = new Ingest(interpreter, store, counters, clock);
    Gate gate = new Gate(options.limitPendingBytes(), Gate.WAIT_MILLIS);
    grpc = new GrpcEndpoint(options, ingest, gate, counters);
    http = new HttpEndpoint(options, ingest, gate, counters);
  }

  /**
   * Begins to listen.
   *
   * @throws IOException where a port cannot be had; its message names the flag that chooses
   *     another. Nothing listens then.
   */
  public void start() throws IOException {
    try {
      grpc.start();
    } catch (IOException e) {
      throw cannotListen("OTLP/gRPC", options.grpcPort(), "--otlp-grpc-port", e);
    }
    try {
      http.start();
    } catch (IOException e) {
      shutdown(Duration.ZERO);
      throw cannotListen("OTLP/HTTP", options.httpPort(), "--otlp-http-port", e);
    }
  }

  /** Where gRPC listens, once started. */
  public int grpcPort() {
    return grpc.port();
  }

  /** Where HTTP listens, once started. */
  public int httpPort() {
    return http.port();
  }

  /** Takes no new requests, lets those under way end within the grace, then ends them. */
  public void shutdown(Duration grace) {
    try {
      grpc.shutdown(grace.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      http.shutdown(grace.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      log.warn("OTLP/HTTP did not end cleanly: {}", e.toString());
    }
  }

  private IOException cannotListen(String what, int port, String flag, IOException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new IOException(
        "Cannot listen on "
            + options.host()
            + ":"
            + port
            + " for "
            + what
            + ": "
            + root.getMessage()
            + ". Free the port, or choose another with "
            + flag
            + " (0 takes a free one).",
        e);
  }
}
