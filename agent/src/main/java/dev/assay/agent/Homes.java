package dev.assay.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Claude Code keeps its transcripts. */
final class Homes {
  @Option(
      names = "--claude-home",
      paramLabel = "DIR",
      description =
          "A .claude folder; may be given several times. Default: $CLAUDE_CONFIG_DIR, else ~/.claude"
              + " and $XDG_CONFIG_HOME/claude.")
  private List<Path> given = new ArrayList<>();

  List<Path> folders() {
    return given.isEmpty()
        ? defaults(System.getenv(), userHome(System.getenv()))
        : List.copyOf(given);
  }

  boolean isGiven() {
    return !given.isEmpty();
  }

  /**
   * {@code $HOME}, as the shell and Claude Code understand it; Java's own idea comes from the
   * system's list of users.
   */
  static Path userHome(Map<String, String> environment) {
    @Nullable String home = environment.get("HOME");
    return Path.of(home == null || home.isBlank() ? System.getProperty("user.home") : home);
  }

  static List<Path> defaults(Map<String, String> environment, Path userHome) {
    @Nullable String config = environment.get("CLAUDE_CONFIG_DIR");
    if (config != null && !config.isBlank()) {
      return List.of(Path.of(config.strip()));
    }
    @Nullable String xdg = environment.get("XDG_CONFIG_HOME");
    Path folder = xdg == null || xdg.isBlank() ? userHome.resolve(".config") : Path.of(xdg);
    return List.of(userHome.resolve(".claude"), folder.resolve("claude"));
  }
}
