package dev.assay.receiver.otlp;

import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicInteger;

/** Bounds the connections of gRPC; one too many is ended before its first call. */
final class ConnectionLimit extends ServerTransportFilter {
  private static final Attributes.Key<Boolean> COUNTED =
      Attributes.Key.create("assay-connection-counted");

  private final int limit;
  private final Counters counters;
  private final AtomicInteger open = new AtomicInteger();

  ConnectionLimit(int limit, Counters counters) {
    this.limit = limit;
    this.counters = counters;
  }

  @Override
  public Attributes transportReady(Attributes attributes) {
    if (open.incrementAndGet() > limit) {
      open.decrementAndGet();
      counters.refused("other", Protocol.GRPC, Cause.CONNECTIONS);
      // The transport has no way of its own to be turned away; what is thrown here ends it.
      throw Status.UNAVAILABLE
          .withDescription("the receiver is at its limit of connections")
          .asRuntimeException();
    }
    return attributes.toBuilder().set(COUNTED, true).build();
  }

  @Override
  public void transportTerminated(Attributes attributes) {
    if (attributes != null && Boolean.TRUE.equals(attributes.get(COUNTED))) {
      open.decrementAndGet();
    }
  }
}
