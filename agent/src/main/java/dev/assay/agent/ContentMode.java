package dev.assay.agent;

import dev.assay.proto.signature.KeyFileException;
import dev.assay.proto.signature.Keyring;
import dev.assay.proto.signature.SigningKey;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** In what form the lines of edits travel. */
final class ContentMode {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--content-mode",
      paramLabel = "MODE",
      defaultValue = "${env:ASSAY_CONTENT_MODE:-text}",
      description =
          "In what form the lines of edits travel: 'text', or 'signature', which is keyed and holds"
              + " no source text. Default: $ASSAY_CONTENT_MODE, else text.")
  private String mode = "text";

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      defaultValue = "${env:ASSAY_KEY_FILE}",
      description =
          "The organisation's key, for content mode signature: 64 hexadecimal digits, readable by"
              + " its owner alone, outside the data directory. Default: $ASSAY_KEY_FILE.")
  private @Nullable Path keyFile;

  /**
   * The key that signs lines; null where they travel as text. Refuses, before anything is read,
   * what cannot be done.
   *
   * @param data the data directory; null where there is none
   */
  @Nullable SigningKey key(@Nullable Path data) {
    return switch (mode.toLowerCase(Locale.ROOT)) {
      case "text" -> null;
      case "signature" -> signing(data);
      default -> throw refused("--content-mode: '" + mode + "' is neither text nor signature.");
    };
  }

  private SigningKey signing(@Nullable Path data) {
    if (keyFile == null) {
      throw refused("--content-mode signature needs --key-file FILE, the organisation's key.");
    }
    try {
      return Keyring.read(keyFile, data).first();
    } catch (KeyFileException unusable) {
      throw refused("--key-file: " + unusable.getMessage());
    }
  }

  private ParameterException refused(String why) {
    return new ParameterException(command.commandLine(), why + " Nothing was read or sent.");
  }
}
