package dev.assay.web.remote;

import java.io.Serial;

/** A server could not be asked, or did not let us in. The message says what, and how to mend it. */
public final class NotAskedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String what;
  private final String mend;

  NotAskedException(String what, String mend) {
    super(what + ": " + mend);
    this.what = what;
    this.mend = mend;
  }

  /** What is in the way. */
  public String what() {
    return what;
  }

  /** What to do about it. */
  public String mend() {
    return mend;
  }
}
