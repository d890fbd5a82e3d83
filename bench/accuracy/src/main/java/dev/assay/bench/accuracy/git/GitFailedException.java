package dev.assay.bench.accuracy.git;

/** Git refused; the message has the command and git's words. */
public final class GitFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  GitFailedException(String message) {
    super(message);
  }
}
