package dev.assay.receiver.forge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * What two trees differ in, through one long-lived {@code git diff-tree --stdin}: a process for
 * each question costs more than most answers. It starts with the first question, and again after it
 * ended. What it does not answer, a process of its own is asked, which also says why. One thread at
 * a time is served.
 */
final class TreeDiffs implements AutoCloseable {
  /** Git repeats a line that begins with no object's id when it is done with those before. */
  private static final String QUESTION = "a question\n";

  /** As {@link #QUESTION}; no line of a diff begins like this one. */
  private static final String QUESTION_END = "end of the question\n";

  private static final byte[] MARK = ("\n" + QUESTION_END).getBytes(StandardCharsets.UTF_8);

  private static final int LIMIT_HEADER_BYTES = 256;

  private final Git git;
  private final CatFile objects;
  private final List<String> options;
  private @Nullable Process process;

  /**
   * @param options of {@code git diff-tree}
   */
  TreeDiffs(Git git, CatFile objects, String... options) {
    this.git = git;
    this.objects = objects;
    this.options = List.of(options);
  }

  /**
   * Asks.
   *
   * @param from a commit or a tree, by its full id
   * @param to as {@code from}
   * @param reading reads an answer; it may be used twice
   */
  synchronized <T> T between(String from, String to, Git.Reading<T> reading) throws GitException {
    try {
      return ask(tree(from), tree(to), reading);
    } catch (IOException e) {
      close();
      List<String> arguments = new ArrayList<>(List.of("diff-tree"));
      arguments.addAll(options);
      arguments.addAll(List.of(from, to, "--"));
      return git.run(reading, arguments.toArray(String[]::new));
    } catch (GitException | RuntimeException e) {
      close(); // what nobody has read would be taken for the next answer
      throw e;
    }
  }

  private <T> T ask(String from, String to, Git.Reading<T> reading)
      throws IOException, GitException {
    Process asked = process;
    if (asked == null || !asked.isAlive()) {
      List<String> arguments = new ArrayList<>(List.of("diff-tree", "--stdin"));
      arguments.addAll(options);
      asked = git.start(arguments.toArray(String[]::new));
      process = asked;
    }
    ScheduledFuture<?> watch = Git.endLater(asked);
    try {
      OutputStream question = asked.getOutputStream();
      String header = from + " " + to + "\n";
      question.write((QUESTION + header + QUESTION_END).getBytes(StandardCharsets.UTF_8));
      question.flush();
      MarkedStream answer = new MarkedStream(asked.getInputStream(), MARK);
      if (!QUESTION.equals(line(answer)) || !header.equals(line(answer))) {
        throw new IOException("no answer"); // to trees that are not there it says nothing
      }
      T result = reading.from(answer);
      answer.drain();
      return result;
    } finally {
      watch.cancel(false);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && line.length() < LIMIT_HEADER_BYTES; c = in.read()) {
      line.append((char) c);
      if (c == '\n') {
        break;
      }
    }
    return line.toString();
  }

  /** {@code tree <id>} is the first line of a commit. */
  private String tree(String id) throws GitException {
    byte[] commit = objects.content(id + "^{commit}");
    if (commit == null) {
      return id;
    }
    int end = 0;
    while (end < commit.length && commit[end] != '\n') {
      end++;
    }
    String first = new String(commit, 0, end, StandardCharsets.UTF_8);
    return first.startsWith("tree ") ? first.substring("tree ".length()) : id;
  }

  @Override
  public synchronized void close() {
    Process running = process;
    if (running != null) {
      running.destroy();
    }
    process = null;
  }
}
