package dev.assay.receiver.otlp;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Watches one gRPC stream from beneath: the bytes that come, which the transport keeps until the
 * message is whole, and messages that are too large, which it refuses before our code hears of
 * them.
 */
final class StreamMeter extends ServerStreamTracer {
  private static final Context.Key<StreamMeter> KEY = Context.key("assay-stream-meter");

  private final String signal;
  private final Counters counters;
  private @Nullable GuardedCall<?, ?> call;
  private Arrivals.@Nullable Arrival arrival;
  private int early;

  private StreamMeter(String signal, Counters counters) {
    this.signal = signal;
    this.counters = counters;
  }

  /** The meter of the stream whose call begins on this thread. */
  static @Nullable StreamMeter current() {
    return KEY.get();
  }

  @Override
  public Context filterContext(Context context) {
    return context.withValue(KEY, this);
  }

  /** From here on its bytes are counted for a request that was let in. */
  void watch(GuardedCall<?, ?> guarded, Arrivals.Arrival entered) {
    int came;
    synchronized (this) {
      call = guarded;
      arrival = entered;
      came = early;
    }
    count(guarded, entered, came);
  }

  @Override
  public void inboundWireSize(long bytes) {
    GuardedCall<?, ?> guarded;
    Arrivals.Arrival entered;
    synchronized (this) {
      guarded = call;
      entered = arrival;
      if (guarded == null || entered == null) {
        early += (int) bytes;
        return;
      }
    }
    count(guarded, entered, (int) bytes);
  }

  private static void count(GuardedCall<?, ?> call, Arrivals.Arrival arrival, int bytes) {
    try {
      arrival.add(bytes);
    } catch (Refused refused) {
      call.refuse(refused);
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
    private final Counters counters;

    Factory(Counters counters) {
      this.counters = counters;
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
      return new StreamMeter(Signal.labelOf(fullMethodName), counters);
    }
  }
}
