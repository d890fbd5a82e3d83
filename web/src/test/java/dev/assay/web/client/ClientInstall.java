package dev.assay.web.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Installs the client from npm, once for each version, outside the repository. */
final class ClientInstall {
  private ClientInstall() {}

  /** The client's program of this version; installs it where it is missing. */
  static Path program(String version) throws IOException, InterruptedException {
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "assay-client", version);
    if (!Files.isDirectory(cache.resolve("node_modules/@anthropic-ai"))) {
      Files.createDirectories(cache);
      Files.writeString(cache.resolve("package.json"), "{\"private\": true}\n");
      Process npm =
          new ProcessBuilder(
                  "npm",
                  "install",
                  "--no-fund",
                  "--no-audit",
                  "--ignore-scripts",
                  "@anthropic-ai/claude-code@" + version)
              .directory(cache.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (npm.waitFor() != 0) {
        throw new IOException("npm install failed:\n" + said);
      }
    }
    // The package of this platform holds the program; which one it is, npm has decided.
    try (Stream<Path> packages = Files.list(cache.resolve("node_modules/@anthropic-ai"))) {
      List<Path> programs =
          packages
              .map(folder -> folder.resolve("claude"))
              .filter(Files::isExecutable)
              .sorted()
              .toList();
      if (programs.isEmpty()) {
        throw new IOException(
            "npm installed no program for "
                + System.getProperty("os.name").toLowerCase(Locale.ROOT)
                + " in "
                + cache);
      }
      return programs.get(0);
    }
  }
}
