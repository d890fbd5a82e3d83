package dev.assay.receiver.otlp;

import dev.assay.receiver.access.Admission;
import dev.assay.receiver.access.Scope;
import dev.assay.receiver.access.Tokens;
import org.jspecify.annotations.Nullable;

/** Who may send: asked before a byte of a request's body is read. */
final class Entrance {
  private final @Nullable Tokens tokens;

  /**
   * @param tokens null where nobody is asked for one
   */
  Entrance(@Nullable Tokens tokens) {
    this.tokens = tokens;
  }

  /** Whether a token is asked for. */
  boolean guarded() {
    return tokens != null;
  }

  /**
   * Lets a request in.
   *
   * @param authorization its header; null where there is none
   */
  void admit(@Nullable String authorization) throws Refused {
    if (tokens == null) {
      return;
    }
    Admission admission = tokens.check(authorization, Scope.INGEST);
    if (admission instanceof Admission.Unknown) {
      throw new Refused(
          Cause.UNAUTHENTICATED, "a bearer token is needed (Authorization: Bearer ...)");
    } else if (admission instanceof Admission.Forbidden) {
      throw new Refused(Cause.FORBIDDEN, "this token may not send: it lacks the scope ingest");
    } else if (admission instanceof Admission.TooOften often) {
      throw new Refused(Cause.RATE_LIMITED, "this token is used too often", often.retryMillis());
    }
  }
}
