package dev.assay.receiver.forge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/** Sizes and times of the files in which git keeps what a default branch depends on. */
final class RefStamp {
  /** References of remotes and branches that are looked at; a repository of more is asked anew. */
  static final int LIMIT_REFS = 2_000;

  private RefStamp() {}

  static String of(Path gitDirectory) {
    StringBuilder out = new StringBuilder();
    for (String name :
        List.of("HEAD", "packed-refs", "config", "shallow", "reftable/tables.list")) {
      add(out, gitDirectory.resolve(name));
    }
    for (String folder : List.of("refs/heads", "refs/remotes")) {
      try (Stream<Path> refs = Files.walk(gitDirectory.resolve(folder))) {
        refs.limit(LIMIT_REFS).sorted().forEach(ref -> add(out, ref));
      } catch (IOException | java.io.UncheckedIOException gone) {
        out.append("-;"); // no such folder, or one that vanished while it was read
      }
    }
    return out.toString();
  }

  private static void add(StringBuilder out, Path file) {
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      out.append(is.isDirectory() ? 0 : is.size())
          .append(':')
          .append(is.lastModifiedTime())
          .append(';');
    } catch (IOException missing) {
      out.append("-;");
    }
  }
}
