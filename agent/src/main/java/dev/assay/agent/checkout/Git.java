package dev.assay.agent.checkout;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts git so that it only reads: no hooks of the repository, no prompts, no locks, and nothing
 * of the caller's {@code GIT_} variables.
 */
final class Git {
  /** More output than this is no answer to anything that is asked here. */
  private static final int LIMIT_OUTPUT_BYTES = 4 << 20;

  private Git() {}

  static Process start(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "-c", "core.fsmonitor=false"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("LC_ALL", "C");
    builder.redirectError(ProcessBuilder.Redirect.to(nowhere()));
    return builder.start();
  }

  private static File nowhere() {
    return new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");
  }

  /**
   * What git prints.
   *
   * @throws IOException where git cannot be started, fails, or prints too much
   */
  static String output(Path folder, String... arguments) throws IOException {
    Process process = start(folder, arguments);
    try {
      process.getOutputStream().close();
      byte[] output;
      try (InputStream in = process.getInputStream()) {
        output = in.readNBytes(LIMIT_OUTPUT_BYTES);
      }
      if (output.length == LIMIT_OUTPUT_BYTES) {
        throw new IOException("git " + arguments[0] + " prints too much in " + folder);
      }
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException("git " + arguments[0] + " failed with " + status + " in " + folder);
      }
      return new String(output, StandardCharsets.UTF_8);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while git ran in " + folder, stop);
    } finally {
      process.destroy();
    }
  }
}
