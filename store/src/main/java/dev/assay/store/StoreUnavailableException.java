package dev.assay.store;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The store cannot keep anything at the moment; nothing of the refused commit was kept. */
public final class StoreUnavailableException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final long retryAfterMillis;

  /**
   * @param message names the cause and, where there is one, the mend
   * @param retryAfterMillis when to try again
   */
  public StoreUnavailableException(
      String message, long retryAfterMillis, @Nullable Throwable cause) {
    super(message, cause);
    this.retryAfterMillis = retryAfterMillis;
  }

  /** When a client should try again, in milliseconds. */
  public long retryAfterMillis() {
    return retryAfterMillis;
  }
}
