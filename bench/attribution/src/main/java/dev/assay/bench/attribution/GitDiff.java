package dev.assay.bench.attribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Git's own diff, in two ways: a process for each, started by a shell, which costs less than Java
 * would make it cost; and one warm process that is asked for one after the other.
 */
final class GitDiff implements AutoCloseable {
  /** A process is measured by so many in a row. */
  private static final int IN_A_ROW = 4;

  /** Git repeats a line that is no object, and so tells that it is done with those before. */
  private static final byte[] MARK = "\ndone\n".getBytes(StandardCharsets.UTF_8);

  private final Path repository;
  private final Process warm;
  private final byte[] buffer = new byte[1 << 20];

  GitDiff(Path repository) throws IOException {
    this.repository = repository;
    this.warm =
        new ProcessBuilder(
                "git", "--git-dir=" + repository, "diff-tree", "-p", "-M", "--no-color", "--stdin")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
  }

  /** Nanoseconds of one {@code git diff}, process and all. */
  long process(Pull pull) throws IOException {
    String diff =
        "git --git-dir='"
            + repository
            + "' diff -M --no-color "
            + pull.change().base()
            + " "
            + pull.change().mergeCommit()
            + " >/dev/null";
    String script = "echo; for i in 1 2 3 4; do " + diff + "; done; echo";
    Process shell = new ProcessBuilder(List.of("sh", "-c", script)).start();
    try (InputStream out = shell.getInputStream()) {
      shell.getOutputStream().close();
      read(out); // it has started
      long begun = System.nanoTime();
      read(out);
      return (System.nanoTime() - begun) / IN_A_ROW;
    }
  }

  private static void read(InputStream out) throws IOException {
    if (out.read() != '\n') {
      throw new IOException("git diff failed");
    }
  }

  /** Nanoseconds of one diff by the process that runs already. */
  long warm(Pull pull) throws IOException {
    OutputStream in = warm.getOutputStream();
    InputStream out = warm.getInputStream();
    String question = pull.baseTree() + " " + pull.mergeTree() + "\ndone\n";
    long begun = System.nanoTime();
    in.write(question.getBytes(StandardCharsets.UTF_8));
    in.flush();
    int kept = 0;
    while (true) {
      int read = out.read(buffer, kept, buffer.length - kept);
      if (read < 0) {
        throw new IOException("git diff-tree ended");
      }
      int end = kept + read;
      if (ends(end)) {
        return System.nanoTime() - begun;
      }
      kept = Math.min(end, MARK.length);
      System.arraycopy(buffer, end - kept, buffer, 0, kept);
    }
  }

  private boolean ends(int end) {
    for (int i = 1; i <= MARK.length; i++) {
      if (end < i || buffer[end - i] != MARK[MARK.length - i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    warm.destroy();
  }
}
