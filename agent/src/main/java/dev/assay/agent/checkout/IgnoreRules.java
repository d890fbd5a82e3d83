package dev.assay.agent.checkout;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What git ignores in one checkout: a {@code git check-ignore} that stays open and answers path by
 * path, so that many questions cost one process.
 */
final class IgnoreRules implements AutoCloseable {
  private final Process process;
  private final OutputStream questions;
  private final InputStream answers;

  IgnoreRules(Path root) throws IOException {
    process = Git.start(root, "check-ignore", "-z", "-v", "-n", "--stdin");
    questions = process.getOutputStream();
    answers = new BufferedInputStream(process.getInputStream());
  }

  /**
   * Whether git ignores a path; tracked files are not ignored whatever the rules say.
   *
   * @throws IOException where git will not answer: a path beyond a symbolic link or in a submodule
   */
  boolean ignores(String relativePath) throws IOException {
    questions.write(relativePath.getBytes(StandardCharsets.UTF_8));
    questions.write(0);
    questions.flush();
    field(); // the file that has the rule
    field(); // the rule's line
    String pattern = field();
    field(); // the path
    return !pattern.isEmpty() && !pattern.startsWith("!");
  }

  private String field() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int b = answers.read(); b != 0; b = answers.read()) {
      if (b < 0) {
        throw new EOFException("git check-ignore gave up");
      }
      text.write(b);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
