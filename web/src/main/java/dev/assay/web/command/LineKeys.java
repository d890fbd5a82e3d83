package dev.assay.web.command;

import dev.assay.proto.signature.KeyFileException;
import dev.assay.proto.signature.Keyring;
import dev.assay.proto.signature.SigningKey;
import dev.assay.web.config.Config;
import dev.assay.web.config.ConfigException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The organisation's keys, as the configuration names them. */
final class LineKeys {
  private LineKeys() {}

  /**
   * The keys that open signed lines; none where no key file is named.
   *
   * @throws ConfigException where the key file cannot be used, or is missing and needed
   */
  static Keyring of(Config config) throws ConfigException {
    Path file = config.keyFile();
    if (file == null) {
      if (config.signature()) {
        throw new ConfigException(
            "--content-mode signature needs --key-file FILE, the organisation's key; the same for"
                + " the server and every agent. Make one with: (umask 077; openssl rand -hex 32 >"
                + " FILE)");
      }
    }
    return read(file, config.data());
  }

  /**
   * The keys of a file; none where there is no file.
   *
   * @param data the data directory, which must not hold it
   * @throws ConfigException where the key file cannot be used
   */
  static Keyring read(@Nullable Path file, Path data) throws ConfigException {
    try {
      return file == null ? Keyring.empty() : Keyring.read(file, data);
    } catch (KeyFileException e) {
      throw new ConfigException("--key-file: " + e.getMessage());
    }
  }

  /** The key that signs; null where lines are kept as text. */
  static @Nullable SigningKey signing(Config config, Keyring keyring) {
    return config.signature() ? keyring.first() : null;
  }
}
