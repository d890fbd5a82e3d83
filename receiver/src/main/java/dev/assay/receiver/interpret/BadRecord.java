package dev.assay.receiver.interpret;

import java.io.Serial;

/**
 * One record is wrong, the others may be right. The message names attributes, never their values,
 * which may be secret.
 */
final class BadRecord extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Reason reason;

  BadRecord(Reason reason, String message) {
    // Without a stack trace: a million of these must be no more work than a million good records.
    super(message, null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
