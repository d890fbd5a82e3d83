package dev.assay.bench.accuracy.corpus;

import dev.assay.bench.accuracy.git.Git;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The repository that pull requests are merged into, with its work tree. */
final class WorkTree {
  final Git git;
  private final Path folder;

  WorkTree(Path folder) {
    this.folder = folder;
    this.git = Git.init(folder);
  }

  void put(String path, String text, boolean crlf) {
    Path file = folder.resolve(path);
    try {
      Files.createDirectories(file.getParent());
      byte[] bytes = (crlf ? text.replace("\n", "\r\n") : text).getBytes(StandardCharsets.UTF_8);
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String path) {
    try {
      Files.deleteIfExists(folder.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Commits everything; gives the new commit. */
  String commit(String person, Instant when, String message) {
    git.run("add", "-A", "-f");
    git.runAs(person, when, "commit", "-q", "--allow-empty", "-m", message);
    return head();
  }

  String head() {
    return git.run("rev-parse", "HEAD").strip();
  }
}
