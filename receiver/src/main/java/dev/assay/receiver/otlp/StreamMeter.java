package dev.assay.receiver.otlp;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Watches one gRPC stream from beneath, from its first byte on, also while it waits for a thread:
 * that it may come at all, its bytes, which the transport keeps until the message is whole, and
 * messages that are too large, which it refuses before our code hears of them.
 */
final class StreamMeter extends ServerStreamTracer {
  private static final Context.Key<StreamMeter> KEY = Context.key("assay-stream-meter");

  private final String signal;
  private final Counters counters;
  private final long bornNanos = System.nanoTime();
  private final Patience patience;
  private Arrivals.@Nullable Arrival arrival;
  private @Nullable Refused refused;
  private @Nullable GuardedCall<?, ?> call;

  private StreamMeter(String signal, Arrivals arrivals, Patience patience, Counters counters) {
    this.signal = signal;
    this.counters = counters;
    this.patience = patience;
    try {
      arrival = arrivals.enter();
    } catch (Refused full) {
      refused = full;
    }
  }

  /** The meter of the stream whose call begins on this thread. */
  static StreamMeter current() {
    return KEY.get();
  }

  @Override
  public Context filterContext(Context context) {
    return context.withValue(KEY, this);
  }

  /** Its call begins; from here on it is refused from beneath, too. */
  synchronized void admit(GuardedCall<?, ?> guarded) throws Refused {
    call = guarded;
    if (refused != null) {
      throw refused;
    }
    patience.expectPrompt(bornNanos);
  }

  @Override
  public void inboundWireSize(long bytes) {
    GuardedCall<?, ?> begun;
    Refused full;
    synchronized (this) {
      if (arrival == null || refused != null) {
        return;
      }
      try {
        arrival.add((int) bytes);
        return;
      } catch (Refused why) {
        full = why;
        refused = why;
        begun = call;
      }
    }
    if (begun != null) {
      begun.refuse(full);
    }
  }

  @Override
  public void streamClosed(Status status) {
    GuardedCall<?, ?> guarded;
    synchronized (this) {
      guarded = call;
      if (arrival != null) {
        arrival.close();
      }
    }
    boolean large = status.getCode() == Status.Code.RESOURCE_EXHAUSTED;
    if (large && guarded != null && !guarded.refused()) {
      counters.refused(signal, Protocol.GRPC, Cause.TOO_LARGE);
    }
  }

  /** Makes one for each stream. */
  static final class Factory extends ServerStreamTracer.Factory {
    private final Arrivals arrivals;
    private final Counters counters;
    private final Patience patience = new Patience();

    Factory(Arrivals arrivals, Counters counters) {
      this.arrivals = arrivals;
      this.counters = counters;
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
      return new StreamMeter(Signal.labelOf(fullMethodName), arrivals, patience, counters);
    }
  }
}
