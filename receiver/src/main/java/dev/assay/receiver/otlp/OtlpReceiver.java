package dev.assay.receiver.otlp;

import dev.assay.receiver.forward.Forwarder;
import dev.assay.receiver.interpret.Interpreter;
import dev.assay.receiver.redaction.Redactions;
import dev.assay.receiver.tls.ServerTls;
import dev.assay.store.Store;
import io.opentelemetry.api.metrics.Meter;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
  private final Counters counters;
  private final Ingest ingest;
  private final Gate gate;
  private final Arrivals arrivals;
  private final List<ServerTls> certificates = new ArrayList<>();
  private @Nullable GrpcEndpoint grpc;
  private @Nullable HttpEndpoint http;

  /** Redacts nothing, and passes nothing on. */
  public OtlpReceiver(
      OtlpOptions options, Interpreter interpreter, Store store, Meter meter, InstantSource clock) {
    this(options, Redactions.none(), interpreter, store, Forwarder.none(), meter, clock);
  }

  /**
   * @param redactions are applied before anything else sees a request
   * @param forwarder is given what was accepted; not owned
   * @param meter for the metrics that docs/operations.md lists
   * @param clock says when an exporter was heard
   */
  public OtlpReceiver(
      OtlpOptions options,
      Redactions redactions,
      Interpreter interpreter,
      Store store,
      Forwarder forwarder,
      Meter meter,
      InstantSource clock) {
    this.options = options;
    counters = new Counters(meter);
    Commits commits = new Commits(store, counters);
    ingest = new Ingest(redactions, interpreter, commits, forwarder, counters, clock);
    gate = new Gate(options.limits().pendingBytes(), Gate.WAIT_MILLIS);
    arrivals = new Arrivals(options.limits().requests(), options.limits().arrivingBytes());
    counters.observe(arrivals, commits);
  }

  /**
   * Begins to listen.
   *
   * @throws IOException where a port cannot be had, or a certificate cannot be used; its message
   *     names the flag or the key. Nothing listens then.
   */
  public void start() throws IOException {
    try {
      startEach();
    } catch (IOException e) {
      shutdown(Duration.ZERO);
      throw e;
    }
  }

  private void startEach() throws IOException {
    OtlpOptions.Listen at = options.grpc();
    ServerTls grpcTls = tls(at, "receivers.otlp.protocols.grpc.tls");
    ServerTls httpTls = tls(options.http(), "receivers.otlp.protocols.http.tls");
    GrpcEndpoint startingGrpc =
        new GrpcEndpoint(options, ingest, gate, arrivals, grpcTls, counters);
    try {
      startingGrpc.start();
      grpc = startingGrpc;
    } catch (IOException e) {
      throw cannotListen("OTLP/gRPC", at, "--otlp-grpc-port", e);
    }
    HttpEndpoint startingHttp =
        new HttpEndpoint(options, ingest, gate, arrivals, httpTls, counters);
    try {
      startingHttp.start();
      http = startingHttp;
    } catch (IOException e) {
      throw cannotListen("OTLP/HTTP", options.http(), "--otlp-http-port", e);
    }
  }

  private @Nullable ServerTls tls(OtlpOptions.Listen listen, String key) throws IOException {
    if (listen.tls() == null) {
      return null;
    }
    ServerTls tls = ServerTls.open(listen.tls(), key);
    certificates.add(tls);
    return tls;
  }

  /** Where gRPC listens, once started. */
  public int grpcPort() {
    return Objects.requireNonNull(grpc, "not started").port();
  }

  /** Where HTTP listens, once started. */
  public int httpPort() {
    return Objects.requireNonNull(http, "not started").port();
  }

  /** Takes no new requests, lets those under way end within the grace, then ends them. */
  public void shutdown(Duration grace) {
    GrpcEndpoint listeningGrpc = grpc;
    HttpEndpoint listeningHttp = http;
    certificates.forEach(ServerTls::close);
    try {
      if (listeningGrpc != null) {
        listeningGrpc.shutdown(grace.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      if (listeningHttp != null) {
        listeningHttp.shutdown(grace.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      log.warn("OTLP/HTTP did not end cleanly: {}", e.toString());
    }
  }

  private static IOException cannotListen(
      String what, OtlpOptions.Listen at, String flag, IOException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new IOException(
        "Cannot listen on "
            + at.host()
            + ":"
            + at.port()
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
