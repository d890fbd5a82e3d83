package dev.assay.receiver.forge;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code git log}. */
final class CommitLog {
  /** Kept of one message. */
  static final int LIMIT_MESSAGE_BYTES = 32 << 10;

  private static final String FIELDS = "--format=tformat:%H%x00%P%x00%ct%x00%an%x00%ae%x00";

  private final Git git;

  CommitLog(Git git) {
    this.git = git;
  }

  /** The commits on the way of first parents from {@code tip}, newest first, messages in full. */
  List<Commit> firstParents(String tip) throws GitException {
    return log(Integer.MAX_VALUE, FIELDS + "%B", "--first-parent", tip, "--");
  }

  /**
   * All commits that can be reached from {@code tip}, in no order, with their first lines.
   *
   * @return at most {@code limit}
   */
  List<Commit> all(String tip, int limit) throws GitException {
    return log(limit, FIELDS + "%s", "--max-count=" + limit, tip, "--");
  }

  /** The commits of a range, newest first, without merges, with their first lines. */
  List<Commit> range(int limit, String from, String to) throws GitException {
    return log(
        limit,
        FIELDS + "%s",
        "--no-merges",
        "--topo-order",
        "--max-count=" + limit,
        to,
        "^" + from,
        "--");
  }

  /** The newest {@code count} commits on the way of first parents, newest first. */
  List<Commit> newest(int count, String tip) throws GitException {
    return log(count, FIELDS + "%s", "--first-parent", "--max-count=" + count, tip, "--");
  }

  private List<Commit> log(int limit, String format, String... what) throws GitException {
    List<String> arguments =
        new ArrayList<>(List.of("log", "-z", "--no-show-signature", "--no-color", "--no-notes"));
    arguments.add("--encoding=UTF-8");
    arguments.add(format);
    arguments.addAll(Arrays.asList(what));
    return git.run(out -> read(out, limit), arguments.toArray(String[]::new));
  }

  private static List<Commit> read(InputStream out, int limit) throws IOException, GitException {
    ByteLines fields = new ByteLines(out, '\0', LIMIT_MESSAGE_BYTES);
    List<Commit> commits = new ArrayList<>();
    for (String id = fields.next(); id != null && commits.size() < limit; id = fields.next()) {
      commits.add(commit(id, fields));
    }
    return commits;
  }

  private static Commit commit(String id, ByteLines fields) throws IOException, GitException {
    String parents = field(fields.next(), id);
    String seconds = field(fields.next(), id);
    String author = field(fields.next(), id);
    String email = field(fields.next(), id);
    String message = field(fields.next(), id);
    List<String> ids = parents.isEmpty() ? List.of() : List.of(parents.split(" "));
    try {
      Instant time = Instant.ofEpochSecond(Long.parseLong(seconds));
      return new Commit(id, ids, time, author, email, message);
    } catch (NumberFormatException | DateTimeException e) {
      throw new GitException("commit " + id + " has no readable date: " + seconds, e);
    }
  }

  private static String field(@Nullable String text, String id) throws GitException {
    if (text == null) {
      throw new GitException("git log broke off at commit " + id);
    }
    return text;
  }
}
