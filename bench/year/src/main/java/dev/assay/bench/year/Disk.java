package dev.assay.bench.year;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the directory takes, by kind of file; the line index is sparse, and takes less of the disk
 * than this.
 */
final class Disk {
  private final Shape shape;
  private final Path data;

  Disk(Shape shape, Path data) {
    this.shape = shape;
    this.data = data;
  }

  void print() throws IOException {
    Map<String, Long> kinds = new TreeMap<>();
    Files.walkFileTree(
        data,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            kinds.merge(kind(data.relativize(file)), attributes.size(), Long::sum);
            return FileVisitResult.CONTINUE;
          }
        });
    kinds.forEach(
        (kind, bytes) ->
            System.out.printf(
                "%-16s %,15d bytes, %,8.0f a developer and day%n",
                kind, bytes, bytes / ((double) shape.developers() * shape.days())));
  }

  private static String kind(Path file) {
    return file.getNameCount() > 1 ? file.getName(0) + "/" : file.toString();
  }
}
