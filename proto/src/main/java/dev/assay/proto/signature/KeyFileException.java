package dev.assay.proto.signature;

/** A key file that cannot be used. Its message names the file and how to mend it. */
public final class KeyFileException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong, and where. */
  public KeyFileException(String message) {
    super(message);
  }
}
