package dev.assay.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native library that DuckDB's driver unpacks, 70 MB for each process, into the folder for
 * temporary files, and takes away at a regular end only. Once it is loaded its name is not needed:
 * without it a killed process leaves nothing behind. On Linux; elsewhere nothing tells its name.
 */
final class ExtractedLibrary {
  private static final Logger log = LoggerFactory.getLogger(ExtractedLibrary.class);
  private static final Path MAPPED_FILES = Path.of("/proc/self/maps");
  private static final String NAME = "/libduckdb_java";

  private ExtractedLibrary() {}

  /** Takes away the name of this process's own copy. */
  static void unlink() {
    if (!Files.isReadable(MAPPED_FILES)) {
      return;
    }
    try {
      for (Path file : mapped()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      log.debug("The unpacked library stays until the end", e);
    }
  }

  private static Set<Path> mapped() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
    try (var lines = Files.lines(MAPPED_FILES)) {
      return lines
          .filter(line -> line.contains(NAME) && line.endsWith(".so"))
          .map(line -> Path.of(line.substring(line.indexOf('/'))))
          .filter(file -> file.startsWith(temporary))
          .collect(Collectors.toSet());
    }
  }
}
