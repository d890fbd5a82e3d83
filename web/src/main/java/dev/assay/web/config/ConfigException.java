package dev.assay.web.config;

import java.io.Serial;

/** A mistake in what Assay was told. The message names the flag, key or variable, and the value. */
public final class ConfigException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Names the key, and says what is wrong with its value. */
  public ConfigException(String message) {
    super(message);
  }
}
