package dev.assay.web.command;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the agent in what form lines travel, whatever its environment says. */
final class ContentMode {
  private ContentMode() {}

  /**
   * The agent's arguments.
   *
   * @param keyFile signs lines; null: they travel as text
   */
  static List<String> arguments(@Nullable Path keyFile) {
    return keyFile == null
        ? List.of("--content-mode", "text")
        : List.of("--content-mode", "signature", "--key-file", keyFile.toString());
  }
}
