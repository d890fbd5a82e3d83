package dev.assay.receiver.forward;

import dev.assay.receiver.tls.ClientTls;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Passes requests on to further OTLP endpoints, so that Assay can stand in front of an existing
 * backend. Each endpoint has a queue of its own, in memory and bounded: a slow or absent endpoint
 * costs neither the receiver nor the other endpoints anything, and what does not fit is dropped and
 * counted. Started once, shut down once.
 */
public final class Forwarder {
  private static final AttributeKey<String> EXPORTER = AttributeKey.stringKey("exporter");

  private final List<Destination> destinations = new ArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "forward-tls");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param meter for what docs/operations.md lists under {@code assay.forward.}
   * @param clock for an endpoint that names a date
   * @throws IOException where a certificate or key cannot be used; the message names the file
   */
  public Forwarder(List<ForwardOptions> endpoints, Meter meter, InstantSource clock)
      throws IOException {
    try {
      for (ForwardOptions endpoint : endpoints) {
        ForwardCounters counters = new ForwardCounters(meter, endpoint.name());
        destinations.add(new Destination(endpoint, link(endpoint, clock), counters));
      }
    } catch (IOException e) {
      timer.shutdownNow();
      throw e;
    }
    observe(meter);
  }

  /** Passes nothing on. */
  public static Forwarder none() {
    try {
      return new Forwarder(List.of(), OpenTelemetry.noop().getMeter(""), InstantSource.system());
    } catch (IOException e) {
      throw new IllegalStateException("there is no file to read", e);
    }
  }

  private Link link(ForwardOptions endpoint, InstantSource clock) throws IOException {
    ClientTls tls =
        endpoint.secure()
            ? ClientTls.open(endpoint.tls(), "exporters." + endpoint.name() + ".tls", timer)
            : null;
    return endpoint.grpc() ? new GrpcLink(endpoint, tls) : new HttpLink(endpoint, tls, clock);
  }

  private void observe(Meter meter) {
    if (destinations.isEmpty()) {
      return;
    }
    ObservableLongMeasurement queue =
        meter
            .gaugeBuilder("assay.forward.queue")
            .setUnit("By")
            .setDescription("Bytes that wait to be passed on, or are being sent")
            .ofLongs()
            .buildObserver();
    ObservableLongMeasurement limit =
        meter
            .gaugeBuilder("assay.forward.queue.limit")
            .setUnit("By")
            .setDescription("What a queue may hold")
            .ofLongs()
            .buildObserver();
    meter.batchCallback(
        () ->
            destinations.forEach(
                destination -> {
                  Attributes exporter = Attributes.of(EXPORTER, destination.name());
                  queue.record(destination.queuedBytes(), exporter);
                  limit.record(destination.limitBytes(), exporter);
                }),
        queue,
        limit);
  }

  /** Begins to send. */
  public void start() {
    destinations.forEach(Destination::start);
  }

  /** Whether there is any endpoint; if not, {@link #give} is not worth the call. */
  public boolean forwards() {
    return !destinations.isEmpty();
  }

  /**
   * Takes a request that was accepted. Never waits and never fails.
   *
   * @param message protobuf, redacted; not written to afterwards
   */
  public void give(ForwardedSignal signal, byte[] message) {
    Parcel parcel = new Parcel(signal, message);
    for (Destination destination : destinations) {
      destination.give(parcel);
    }
  }

  /** Sends what waits, for at most so long; what is left then is dropped and counted. */
  public void shutdown(Duration grace) {
    long deadline = System.nanoTime() + grace.toNanos();
    destinations.forEach(Destination::close);
    boolean interrupted = false;
    for (Destination destination : destinations) {
      try {
        destination.end(deadline);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    timer.shutdownNow();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
