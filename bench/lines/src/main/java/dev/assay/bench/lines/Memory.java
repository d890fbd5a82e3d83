package dev.assay.bench.lines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux says of this process, and of a folder. */
final class Memory {
  private Memory() {}

  /** A figure of {@code /proc/self/status}, such as {@code RssAnon}. */
  static long kib(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  /** What the files take, without their holes. */
  static long diskBytes(Path folder) throws IOException {
    Process du = new ProcessBuilder(List.of("du", "-s", "-B1", folder.toString())).start();
    String said = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return Long.parseLong(said.substring(0, said.indexOf('\t')));
  }
}
