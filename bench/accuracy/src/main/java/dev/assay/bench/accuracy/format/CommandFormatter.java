package dev.assay.bench.accuracy.format;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A formatter that is a program: text in, text out. */
final class CommandFormatter implements Formatter {
  private final String name;
  private final Pattern paths;
  private final List<String> command;

  /**
   * @param paths which it handles
   * @param command of which {@code {path}} stands for the file's path
   */
  CommandFormatter(String name, Pattern paths, List<String> command) {
    this.name = name;
    this.paths = paths;
    this.command = List.copyOf(command);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean handles(String path) {
    return paths.matcher(path).find();
  }

  @Override
  public Optional<String> format(String path, String text) {
    try {
      Process process =
          new ProcessBuilder(command.stream().map(part -> part.replace("{path}", path)).toList())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      Thread feed = new Thread(() -> feed(process.getOutputStream(), text));
      feed.start();
      byte[] out = process.getInputStream().readAllBytes();
      feed.join();
      return process.waitFor() == 0
          ? Optional.of(new String(out, StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static void feed(OutputStream to, String text) {
    try (to) {
      to.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException stoppedReading) {
      // The exit code says so as well.
      return;
    }
  }
}
