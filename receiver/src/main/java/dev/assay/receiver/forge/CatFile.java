package dev.assay.receiver.forge;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Contents of objects through one long-lived {@code git cat-file --batch}. It starts with the first
 * question, and again after it ended. One thread at a time is served.
 */
final class CatFile implements AutoCloseable {
  /** Questions that are asked before the first answer is read: far less than a pipe holds. */
  static final int QUESTIONS_AHEAD = 64;

  /** Of a larger object nothing is kept; it still counts as being there. */
  static final int LIMIT_OBJECT_BYTES = 8 << 20;

  /** Longer names than this are not asked for. */
  private static final int LIMIT_NAME_BYTES = 900;

  private final Git git;
  private @Nullable Process process;
  private @Nullable InputStream answers;
  private @Nullable OutputStream questions;

  CatFile(Git git) {
    this.git = git;
  }

  /** Takes each object in the order asked for. */
  interface Taker {
    /**
     * Takes one object.
     *
     * @param index of the question
     * @param content null where there is no such object, empty where it is over {@link
     *     #LIMIT_OBJECT_BYTES}
     */
    void take(int index, byte @Nullable [] content) throws GitException;
  }

  /** One object, by id or by {@code commit:path}; null where there is none. */
  byte @Nullable [] content(String name) throws GitException {
    byte[][] found = new byte[1][];
    boolean[] there = new boolean[1];
    contents(
        List.of(name),
        (i, content) -> {
          there[0] = content != null;
          found[0] = content == null ? new byte[0] : content;
        });
    return there[0] ? found[0] : null;
  }

  /** Many objects, streamed. */
  synchronized void contents(List<String> names, Taker taker) throws GitException {
    try {
      for (int from = 0; from < names.size(); from += QUESTIONS_AHEAD) {
        int to = Math.min(names.size(), from + QUESTIONS_AHEAD);
        ask(names.subList(from, to));
        for (int i = from; i < to; i++) {
          taker.take(i, askable(names.get(i)) ? answer() : null);
        }
      }
    } catch (IOException e) {
      close();
      throw new GitException("git cat-file broke off", e);
    } catch (GitException | RuntimeException e) {
      close(); // answers that nobody has read would be taken for those of the next question
      throw e;
    }
  }

  private static boolean askable(String name) {
    return name.indexOf('\n') < 0
        && name.getBytes(StandardCharsets.UTF_8).length <= LIMIT_NAME_BYTES;
  }

  private void ask(List<String> names) throws IOException, GitException {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      if (askable(name)) {
        text.append(name).append('\n');
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    OutputStream out = questions;
    if (out == null || process == null || !process.isAlive()) {
      out = open();
    }
    out.write(bytes);
    out.flush();
  }

  private OutputStream open() throws GitException {
    close();
    Process started = git.start("cat-file", "--batch");
    process = started;
    answers = new BufferedInputStream(started.getInputStream(), 1 << 16);
    questions = started.getOutputStream();
    return questions;
  }

  /** {@code <id> <type> <size>LF<content>LF}, or {@code <name> missing}. */
  private byte @Nullable [] answer() throws IOException {
    InputStream in = answers;
    if (in == null) {
      throw new IOException("not open");
    }
    String header = header(in);
    int space = header.lastIndexOf(' ');
    String last = header.substring(space + 1);
    if (last.equals("missing") || last.equals("ambiguous")) {
      return null;
    }
    long size;
    try {
      size = Long.parseLong(last);
    } catch (NumberFormatException e) {
      throw new IOException("unknown answer: " + header, e);
    }
    byte[] content = size <= LIMIT_OBJECT_BYTES ? in.readNBytes((int) size) : skip(in, size);
    if ((size <= LIMIT_OBJECT_BYTES && content.length < size) || in.read() != '\n') {
      throw new IOException("an answer broke off");
    }
    return content;
  }

  private static byte[] skip(InputStream in, long size) throws IOException {
    byte[] sink = new byte[1 << 16];
    long left = size;
    while (left > 0) {
      int read = in.read(sink, 0, (int) Math.min(left, sink.length));
      if (read < 0) {
        throw new IOException("an answer broke off");
      }
      left -= read;
    }
    return new byte[0];
  }

  private static String header(InputStream in) throws IOException {
    StringBuilder out = new StringBuilder(64);
    int c = in.read();
    while (c != '\n') {
      if (c < 0 || out.length() > 4 * LIMIT_NAME_BYTES) {
        throw new IOException("no answer");
      }
      out.append((char) c);
      c = in.read();
    }
    return out.toString();
  }

  @Override
  public synchronized void close() {
    Process running = process;
    if (running != null) {
      running.destroy();
    }
    process = null;
    answers = null;
    questions = null;
  }
}
