package dev.assay.bench.accuracy.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The program that is judged: {@code ./assay attribute}, as a user starts it. */
final class Engine {
  private final Path launcher;

  Engine(Path launcher) {
    this.launcher = launcher;
  }

  /**
   * Attributes a corpus.
   *
   * @param contentMode what of a line leaves the agent: {@code text} or {@code signature}
   * @return the seconds that it took
   * @throws IOException if it fails; what it said stands in {@code attribute.log} of the corpus
   */
  double attribute(Path corpus, String contentMode, Path verdicts) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(launcher.toString(), "attribute", "--content-mode", contentMode));
    command.addAll(List.of("--repository", corpus.resolve("origin.git").toString()));
    try (Stream<Path> homes = Files.list(corpus.resolve("homes"))) {
      homes
          .sorted()
          .forEach(
              home -> command.addAll(List.of("--claude-home", home.resolve(".claude").toString())));
    }
    command.addAll(
        List.of("--pulls", corpus.resolve("pulls.json").toString(), "--out", verdicts.toString()));
    Path log = corpus.resolve("attribute.log");
    long start = System.nanoTime();
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process.getOutputStream().close();
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(String.join(" ", command) + " ended with " + code + "; see " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
