package dev.assay.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The real git. */
public final class Gits {
  private Gits() {}

  /** Runs git in a folder, which is made. */
  public static void git(Path folder, String... arguments) {
    try {
      Files.createDirectories(folder);
      Process process =
          new ProcessBuilder(Stream.concat(Stream.of("git"), Stream.of(arguments)).toList())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(List.of(arguments) + ": " + output);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }

  /** A checkout with a remote, an author and a first commit. */
  public static Path checkout(Path folder, String remote) {
    git(folder, "init", "-q", "-b", "main");
    identify(folder);
    git(folder, "remote", "add", "origin", remote);
    git(folder, "commit", "-q", "--allow-empty", "-m", "begin");
    return folder;
  }

  /** Lets commits be made. */
  public static void identify(Path folder) {
    git(folder, "config", "user.email", "dev@example.com");
    git(folder, "config", "user.name", "Dev");
  }
}
