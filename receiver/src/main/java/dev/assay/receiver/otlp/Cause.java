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
  FOREIGN_HOST(Code.PERMISSION_DENIED, 403, Again.NEVER),
  NO_SUCH_PATH(Code.UNIMPLEMENTED, 404, Again.NEVER),
  NOT_A_POST(Code.UNIMPLEMENTED, 405, Again.NEVER),
  /** Neither protobuf nor JSON. */
  MEDIA_TYPE(Code.INVALID_ARGUMENT, 415, Again.NEVER),
  /** Compressed in a way other than gzip. */
  CONTENT_ENCODING(Code.UNIMPLEMENTED, 415, Again.NEVER),
  /** The body did not arrive in time, or not whole. */
  INCOMPLETE(Code.CANCELLED, 408, Again.NEVER),
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
