package dev.assay.bench.attribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs git and tells what it said. */
final class Programs {
  private Programs() {}

  /** Git on a bare repository; its output without the last line end. */
  static String git(Path repository, String... arguments) throws IOException {
    return git(repository, new byte[0], arguments);
  }

  /** As {@link #git(Path, String...)}, with something on its standard input. */
  static String git(Path repository, byte[] input, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "--git-dir=" + repository));
    command.addAll(List.of(arguments));
    return run(command, input);
  }

  /** The output of a program, which must end well. */
  static String run(List<String> command, byte[] input) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (InputStream out = process.getInputStream()) {
      try (OutputStream in = process.getOutputStream()) {
        in.write(input);
      }
      String text = new String(out.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(String.join(" ", command) + " ended with " + status);
      }
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
