package dev.assay.receiver.forge;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The default branch as it grew: its commits on the way of first parents, oldest first, each with
 * the time at which the branch had it. Commits may claim any time; none reached the branch before
 * those that it stands on, so an earlier claim counts as theirs.
 */
public final class Mainline {
  private final List<String> ids;
  private final long[] seconds;
  private final Map<String, Integer> places = new HashMap<>();

  private Mainline(List<String> ids, long[] seconds) {
    this.ids = ids;
    this.seconds = seconds;
    for (int i = 0; i < ids.size(); i++) {
      places.put(ids.get(i), i);
    }
  }

  static Mainline read(Git git, String tip) throws GitException {
    return git.run(
        Mainline::read, "log", "--first-parent", "--no-color", "--format=%H %ct", tip, "--");
  }

  private static Mainline read(InputStream in) throws IOException, GitException {
    ByteLines lines = new ByteLines(in, '\n', 256);
    List<String> newestFirst = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    for (String line = lines.next(); line != null; line = lines.next()) {
      int space = line.indexOf(' ');
      try {
        times.add(Long.parseLong(line.substring(space + 1)));
      } catch (NumberFormatException e) {
        throw new GitException("git log has an unreadable date: " + line, e);
      }
      newestFirst.add(line.substring(0, space));
    }
    int size = newestFirst.size();
    List<String> ids = new ArrayList<>(size);
    long[] seconds = new long[size];
    for (int i = 0; i < size; i++) {
      ids.add(newestFirst.get(size - 1 - i));
      long claimed = times.get(size - 1 - i);
      seconds[i] = i == 0 ? claimed : Math.max(seconds[i - 1], claimed);
    }
    return new Mainline(ids, seconds);
  }

  int size() {
    return ids.size();
  }

  String id(int place) {
    return ids.get(place);
  }

  /** When the branch had it. */
  Instant time(int place) {
    return Instant.ofEpochSecond(seconds[place]);
  }

  /** Null where the branch does not have the commit (any more). */
  @Nullable Integer place(String commit) {
    return places.get(commit);
  }

  /**
   * The branch's last commit at a time.
   *
   * @param since a commit that the branch had then, whatever its claimed time is
   * @return null where the branch does not have {@code since} (any more)
   */
  public @Nullable String at(Instant time, String since) {
    Integer low = place(since);
    if (low == null) {
      return null;
    }
    int from = low;
    int to = ids.size() - 1;
    while (from < to) {
      int middle = (from + to + 1) >>> 1;
      if (seconds[middle] <= time.getEpochSecond()) {
        from = middle;
      } else {
        to = middle - 1;
      }
    }
    return ids.get(from);
  }
}
