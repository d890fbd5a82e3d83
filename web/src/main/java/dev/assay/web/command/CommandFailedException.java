package dev.assay.web.command;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A command cannot go on. The message is all that the user needs: what, where, and the mend. */
final class CommandFailedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  CommandFailedException(String message) {
    this(message, null);
  }

  CommandFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
