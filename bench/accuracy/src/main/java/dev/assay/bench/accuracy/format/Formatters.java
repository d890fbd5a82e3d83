package dev.assay.bench.accuracy.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The formatters that this machine has or can get, in pinned versions. */
public final class Formatters {
  private static final String PRETTIER = "prettier@3.6.2";
  private static final String BLACK = "black==25.1.0";

  private final List<Formatter> all;

  private Formatters(List<Formatter> all) {
    this.all = List.copyOf(all);
  }

  /** Those that need nothing but this program. */
  public static Formatters builtIn() {
    return new Formatters(List.of(new JavaFormatter()));
  }

  /**
   * Finds the formatters, installing prettier (npm) and black (pip) below a folder where they are
   * not there yet.
   *
   * @param folder keeps them for the next time
   * @param skipped is told what cannot be had, and why
   */
  public static Formatters find(Path folder, Consumer<String> skipped) {
    List<Formatter> all = new ArrayList<>(List.of(new JavaFormatter()));
    try {
      Files.createDirectories(folder);
      prettier(folder.resolve("prettier"), skipped).ifPresent(all::add);
      black(folder.resolve("black"), skipped).ifPresent(all::add);
    } catch (IOException e) {
      skipped.accept("formatters: " + e);
    }
    return new Formatters(all);
  }

  /** The formatter of a file, if there is one. */
  public Optional<Formatter> of(String path) {
    return all.stream().filter(f -> f.handles(path)).findFirst();
  }

  private static Optional<Formatter> prettier(Path folder, Consumer<String> skipped)
      throws IOException {
    Path program = folder.resolve("node_modules/prettier/bin/prettier.cjs");
    if (!Files.exists(program)) {
      Files.createDirectories(folder);
      String said =
          run("npm", "install", "--no-save", "--no-audit", "--prefix", folder.toString(), PRETTIER);
      if (!Files.exists(program)) {
        skipped.accept("prettier: not to be had through npm, its kinds are skipped (" + said + ")");
        return Optional.empty();
      }
    }
    return Optional.of(
        new CommandFormatter(
            "prettier",
            Pattern.compile("\\.(js|mjs|jsx|ts|tsx|css|scss|md)$"),
            List.of(
                "node",
                program.toString(),
                "--no-config",
                "--prose-wrap",
                "always",
                "--stdin-filepath",
                "{path}")));
  }

  private static Optional<Formatter> black(Path folder, Consumer<String> skipped) {
    Path program = folder.resolve("bin/black");
    if (!Files.exists(program)) {
      String said = run("python3", "-m", "venv", folder.toString());
      said += run(folder.resolve("bin/pip").toString(), "install", "-q", BLACK);
      if (!Files.exists(program)) {
        skipped.accept("black: not to be had through pip, its kinds are skipped (" + said + ")");
        return Optional.empty();
      }
    }
    return Optional.of(
        new CommandFormatter(
            "black", Pattern.compile("\\.py$"), List.of(program.toString(), "-q", "-")));
  }

  /** The end of what a command says; empty where it succeeds. */
  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? "" : said.substring(Math.max(0, said.length() - 200));
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
