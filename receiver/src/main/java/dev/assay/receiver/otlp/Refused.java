package dev.assay.receiver.otlp;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import java.io.Serial;

/** A request that is answered with an error; nothing of it was kept. */
final class Refused extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** When to come back where nobody knows better. */
  static final long RETRY_MILLIS = 1000;

  private final Cause cause;
  private final long retryMillis;

  Refused(Cause cause, String message) {
    this(cause, message, RETRY_MILLIS);
  }

  Refused(Cause cause, String message, long retryMillis) {
    // Without a stack trace: refusing must stay cheap when it happens most.
    super(message, null, false, false);
    this.cause = cause;
    this.retryMillis = Math.max(1, retryMillis);
  }

  Cause why() {
    return cause;
  }

  /** For a Retry-After header: whole seconds, at least one. */
  long retrySeconds() {
    return Math.max(1, (retryMillis + 999) / 1000);
  }

  /** The answer's body, over gRPC and over HTTP alike. */
  Status toStatus() {
    Status.Builder status =
        Status.newBuilder().setCode(cause.grpcCode().getNumber()).setMessage(getMessage());
    if (cause.retryable()) {
      status.addDetails(
          Any.pack(
              RetryInfo.newBuilder()
                  .setRetryDelay(
                      Duration.newBuilder()
                          .setSeconds(retryMillis / 1000)
                          .setNanos((int) (retryMillis % 1000) * 1_000_000))
                  .build()));
    }
    return status.build();
  }

  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? cause.label() : message;
  }
}
