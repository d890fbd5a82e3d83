package dev.assay.receiver.otlp;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.jspecify.annotations.Nullable;

/**
 * A call that may be refused from beside, while its message is still on its way. Whoever closes it
 * first has answered it; what comes after is dropped.
 */
final class GuardedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
  private final String signal;
  private final Counters counters;
  private boolean closed;
  private volatile boolean refused;

  GuardedCall(ServerCall<Q, A> call, Counters counters) {
    super(call);
    this.signal = Signal.labelOf(call.getMethodDescriptor().getFullMethodName());
    this.counters = counters;
  }

  /** Ends it with a refusal, and counts it; does nothing where it is answered already. */
  synchronized void refuse(Refused why) {
    if (!closed) {
      closed = true;
      refused = true;
      counters.refused(signal, Protocol.GRPC, why.why());
      StatusRuntimeException answer = StatusProto.toStatusRuntimeException(why.toStatus());
      Metadata trailers = answer.getTrailers();
      delegate().close(answer.getStatus(), trailers == null ? new Metadata() : trailers);
    }
  }

  /** Whether {@link #refuse} ended it. */
  boolean refused() {
    return refused;
  }

  @Override
  public synchronized void sendHeaders(Metadata headers) {
    if (!closed) {
      super.sendHeaders(headers);
    }
  }

  @Override
  public synchronized void sendMessage(A message) {
    if (!closed) {
      super.sendMessage(message);
    }
  }

  @Override
  public synchronized void close(Status status, @Nullable Metadata trailers) {
    if (!closed) {
      closed = true;
      super.close(status, trailers == null ? new Metadata() : trailers);
    }
  }
}
