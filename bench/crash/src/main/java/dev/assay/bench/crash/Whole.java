package dev.assay.bench.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files that are as they were, or as they are to be, whenever the batch is ended. */
final class Whole {
  private Whole() {}

  static void write(Path file, String content) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(beside, content);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static void writeLines(Path file, List<String> lines) throws IOException {
    write(file, lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
  }

  static void addLines(Path file, List<String> lines) throws IOException {
    List<String> all = Files.exists(file) ? Files.readAllLines(file) : List.of();
    writeLines(file, Stream.concat(all.stream(), lines.stream()).toList());
  }
}
