package dev.assay.receiver.otlp;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What every gRPC call passes before its message is read: who sends, and how long it may take. How
 * many may come, and how much, is counted beneath it: {@link StreamMeter}.
 */
final class CallGuard implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Entrance entrance;
  private final int bodyMillis;
  private final ScheduledExecutorService timer;
  private final Counters counters;

  CallGuard(Entrance entrance, int bodyMillis, ScheduledExecutorService timer, Counters counters) {
    this.entrance = entrance;
    this.bodyMillis = bodyMillis;
    this.timer = timer;
    this.counters = counters;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    GuardedCall<Q, A> guarded = new GuardedCall<>(call, counters);
    try {
      entrance.admit(headers.get(AUTHORIZATION));
      StreamMeter.current().admit(guarded);
    } catch (Refused refused) {
      guarded.refuse(refused);
      return new ServerCall.Listener<>() {};
    }
    Future<?> deadline =
        timer.schedule(
            () ->
                guarded.refuse(new Refused(Cause.INCOMPLETE, "the request did not arrive in time")),
            bodyMillis,
            TimeUnit.MILLISECONDS);
    return new Watched<>(next.startCall(guarded, headers), guarded, deadline);
  }

  /** Ends the watch on a call, however it ends. */
  private static final class Watched<Q> extends SimpleForwardingServerCallListener<Q> {
    private final GuardedCall<Q, ?> call;
    private final Future<?> deadline;

    Watched(ServerCall.Listener<Q> listener, GuardedCall<Q, ?> call, Future<?> deadline) {
      super(listener);
      this.call = call;
      this.deadline = deadline;
    }

    @Override
    public void onHalfClose() {
      deadline.cancel(false);
      if (!call.refused()) { // what was refused comes again, and would be done twice
        super.onHalfClose();
      }
    }

    @Override
    public void onCancel() {
      deadline.cancel(false);
      super.onCancel();
    }

    @Override
    public void onComplete() {
      deadline.cancel(false);
      super.onComplete();
    }
  }
}
