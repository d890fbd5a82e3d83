package dev.assay.proto.signature;

/** Signed lines that no key at hand opens, or that were changed since. */
public final class UnreadableLinesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says why they do not open. */
  public UnreadableLinesException(String message) {
    super(message);
  }
}
