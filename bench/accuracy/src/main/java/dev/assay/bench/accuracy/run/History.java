package dev.assay.bench.accuracy.run;

import dev.assay.bench.accuracy.git.Git;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A git history made of a library's published sources: each version some commits of few files. */
final class History {
  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
  private static final int FILES_A_COMMIT = 4;
  private static final long FILE_LIMIT_BYTES = 300_000;

  private final Path folder;
  private final Pattern wanted;

  /**
   * @param wanted which files of an archive belong to it; group 1 is the path in the repository
   */
  History(Path folder, Pattern wanted) {
    this.folder = folder;
    this.wanted = wanted;
  }

  /** Builds it from archives, oldest first. */
  void build(List<Path> archives) throws IOException {
    Git git = Git.init(Files.createDirectories(folder));
    Map<String, byte[]> have = new TreeMap<>();
    Instant when = START;
    for (Path archive : archives) {
      Map<String, byte[]> now = files(archive);
      List<String> changed =
          now.keySet().stream()
              .filter(path -> !java.util.Arrays.equals(now.get(path), have.get(path)))
              .toList();
      for (int at = 0; at < changed.size(); at += FILES_A_COMMIT) {
        for (String path : changed.subList(at, Math.min(changed.size(), at + FILES_A_COMMIT))) {
          Path file = folder.resolve(path);
          Files.createDirectories(file.getParent());
          Files.write(file, now.get(path));
        }
        when = when.plus(Duration.ofHours(1));
        git.run("add", "-A", "-f");
        String title = archive.getFileName() + ", part " + (at / FILES_A_COMMIT + 1);
        git.runAs("library", when, "commit", "-q", "--allow-empty", "-m", title);
      }
      have.putAll(now);
    }
  }

  private Map<String, byte[]> files(Path archive) throws IOException {
    Map<String, byte[]> out = new TreeMap<>();
    try (InputStream in = Files.newInputStream(archive);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        var path = wanted.matcher(entry.getName());
        if (!entry.isDirectory() && path.matches() && !path.group(1).contains("..")) {
          byte[] bytes = zip.readAllBytes();
          if (bytes.length <= FILE_LIMIT_BYTES) {
            out.put(path.group(1), bytes);
          }
        }
      }
    }
    return out;
  }

  /** The archives in a folder, in the order of the given parts of their names. */
  static List<Path> inOrder(Path folder, List<String> names) throws IOException {
    List<Path> out = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files = all.sorted().toList();
      for (String name : names) {
        files.stream()
            .filter(
                f -> f.getFileName().toString().toLowerCase(java.util.Locale.ROOT).startsWith(name))
            .findFirst()
            .ifPresent(out::add);
      }
    }
    return out;
  }
}
