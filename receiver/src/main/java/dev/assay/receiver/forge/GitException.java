package dev.assay.receiver.forge;

import java.io.Serial;

/**
 * Git could not tell what was asked: no repository, no commits, a commit that is not there, a
 * command that failed or took too long. The message names what and where, and where there is one
 * the mend; as a reason it follows "undecided: ".
 */
public final class GitException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  GitException(String message) {
    super(message);
  }

  GitException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The same, from a place whose contract knows no checked exceptions: a base tree that is asked.
   */
  public static final class Unchecked extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final GitException cause;

    Unchecked(GitException cause) {
      super(cause.getMessage(), cause);
      this.cause = cause;
    }

    /** What happened. */
    public GitException checked() {
      return cause;
    }
  }
}
