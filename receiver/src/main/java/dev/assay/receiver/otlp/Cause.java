package dev.assay.receiver.otlp;

import com.google.rpc.Code;
import java.util.Locale;

/**
 * Why a request is refused, and what its sender is told: the one table from cause to status. A
 * refusal that may be tried again always says when.
 */
enum Cause {
  /** The bytes are not what they should be: no protobuf, no JSON, no gzip, nested too deeply. */
  MALFORMED(Code.INVALID_ARGUMENT, 400, Again.NEVER),
  /** Larger than a message may be, as it came or decompressed. */
  TOO_LARGE(Code.RESOURCE_EXHAUSTED, 413, Again.NEVER),
  /** The Host names neither this machine nor a name that was allowed. */
  FOREIGN_HOST(Code.PERMISSION_DENIED, 421, Again.NEVER),
  /** No token, or one that nobody knows. */
  UNAUTHENTICATED(Code.UNAUTHENTICATED, 401, Again.NEVER),
  /** A good token that may not send. */
  FORBIDDEN(Code.PERMISSION_DENIED, 403, Again.NEVER),
  /** A good token, used too often. */
  RATE_LIMITED(Code.RESOURCE_EXHAUSTED, 429, Again.LATER),
  NO_SUCH_PATH(Code.UNIMPLEMENTED, 404, Again.NEVER),
  NOT_A_POST(Code.UNIMPLEMENTED, 405, Again.NEVER),
  /** Neither protobuf nor JSON. */
  MEDIA_TYPE(Code.INVALID_ARGUMENT, 415, Again.NEVER),
  /** Compressed in a way other than gzip and zstd. */
  CONTENT_ENCODING(Code.UNIMPLEMENTED, 415, Again.NEVER),
  /**
   * The body did not arrive in time, or not whole. Not 408, which OTLP's clients take for a reason
   * to throw their data away.
   */
  INCOMPLETE(Code.UNAVAILABLE, 503, Again.LATER),
  /** A request's head came too slowly: the connection is ended without an answer. */
  SLOW_HEAD(Code.UNAVAILABLE, 503, Again.LATER),
  /** As many connections as may be are open already: this one is ended without an answer. */
  CONNECTIONS(Code.UNAVAILABLE, 503, Again.LATER),
  /** As much as memory allows is being worked on. */
  BUSY(Code.UNAVAILABLE, 503, Again.LATER),
  /** The store cannot keep anything at the moment. */
  STORE_UNAVAILABLE(Code.UNAVAILABLE, 503, Again.LATER),
  /** The receiver is ending. */
  STOPPING(Code.UNAVAILABLE, 503, Again.LATER),
  /** A fault of ours. Not to be tried again: the same message would meet it for ever. */
  INTERNAL(Code.INTERNAL, 500, Again.NEVER);

  private final Code grpcCode;
  private final int httpStatus;
  private final Again again;

  Cause(Code grpcCode, int httpStatus, Again again) {
    this.grpcCode = grpcCode;
    this.httpStatus = httpStatus;
    this.again = again;
  }

  Code grpcCode() {
    return grpcCode;
  }

  int httpStatus() {
    return httpStatus;
  }

  /** Whether the sender should keep the request and send it again. */
  boolean retryable() {
    return again == Again.LATER;
  }

  /** As the counters show it, for instance {@code too-large}. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private enum Again {
    NEVER,
    LATER
  }
}
