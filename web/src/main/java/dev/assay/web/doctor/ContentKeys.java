package dev.assay.web.doctor;

import dev.assay.proto.signature.KeyFileException;
import dev.assay.proto.signature.Keyring;
import dev.assay.proto.signature.SigningKey;
import dev.assay.web.config.Config;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** In what form lines are kept, and with which keys. */
final class ContentKeys {
  private static final String SUBJECT = "content mode";

  private ContentKeys() {}

  static void check(Config config, Consumer<Finding> findings) {
    String mode = config.signature() ? "signature" : "text";
    Path file = config.keyFile();
    if (file == null) {
      findings.accept(
          config.signature()
              ? Finding.mend(
                  SUBJECT,
                  "signature, without a key file",
                  "Name the organisation's with --key-file, or make one: (umask 077; openssl rand"
                      + " -hex 32 > FILE)")
              : Finding.ok(SUBJECT, mode));
      return;
    }
    try {
      String ids =
          Keyring.read(file, config.data()).keys().stream()
              .map(key -> SigningKey.shown(key.id()))
              .collect(Collectors.joining(", "));
      findings.accept(Finding.ok(SUBJECT, mode + ", keys of " + file + ": " + ids));
    } catch (KeyFileException e) {
      findings.accept(
          Finding.mend(
              SUBJECT,
              String.valueOf(e.getMessage()),
              "Mend the key file: lines that it signed stay undecided."));
    }
  }
}
