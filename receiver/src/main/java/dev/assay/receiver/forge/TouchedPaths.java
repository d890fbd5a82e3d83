package dev.assay.receiver.forge;

import dev.assay.proto.line.LineHash;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which paths the commits of the default branch touched, along first parents. Each commit is read
 * once and kept as hashes, so that asking for many paths around one merge starts no process.
 */
final class TouchedPaths implements AutoCloseable {
  /** Paths of all commits that are kept: 16 MB. */
  static final int LIMIT_PATHS = 2_000_000;

  private final Git git;
  private final TreeDiffs diffs;
  private final Map<String, long[]> byCommit = new LinkedHashMap<>(64, 0.75f, true);
  private final int limitPaths;
  private long paths;
  private @Nullable String tip;
  private @Nullable Mainline mainline;

  TouchedPaths(Git git, CatFile objects, int limitPaths) {
    this.git = git;
    this.diffs =
        new TreeDiffs(
            git, objects, "-r", "--raw", "--no-renames", "--no-abbrev", "--ignore-submodules=none");
    this.limitPaths = limitPaths;
  }

  /** The commits around one merge that are not the merged change's own. */
  record Around(Mainline mainline, int base, int merge, Instant from, Instant to) {}

  /**
   * Where to look around a merge.
   *
   * @param tip the last known commit of the branch
   * @param base what the change was made to
   * @param merge the commit that brought it
   * @param reach how long before and after {@code mergedAt} to look
   * @return null where one of the commits is not on the branch
   */
  synchronized @Nullable Around around(
      String tip, String base, String merge, Instant mergedAt, Duration reach) throws GitException {
    Mainline line = mainline;
    if (line == null || !tip.equals(this.tip)) {
      line = Mainline.read(git, tip);
      this.mainline = line;
      this.tip = tip;
    }
    Integer before = line.place(base);
    Integer after = line.place(merge);
    return before == null || after == null
        ? null
        : new Around(line, before, after, mergedAt.minus(reach), mergedAt.plus(reach));
  }

  /** Whether one of those commits touched the path. */
  synchronized boolean touched(Around around, String path) throws GitException {
    long hash = LineHash.of(path);
    Mainline line = around.mainline;
    for (int i = around.base; i > 0 && !line.time(i).isBefore(around.from); i--) {
      if (has(line, i, hash)) {
        return true;
      }
    }
    for (int i = around.merge + 1; i < line.size() && !line.time(i).isAfter(around.to); i++) {
      if (has(line, i, hash)) {
        return true;
      }
    }
    return false;
  }

  /** The first commit of all is not asked: what it has and later ones lost, they touched. */
  private boolean has(Mainline line, int place, long hash) throws GitException {
    long[] touched = byCommit.get(line.id(place));
    if (touched == null) {
      touched = diffs.between(line.id(place - 1), line.id(place), TouchedPaths::read);
      byCommit.put(line.id(place), touched);
      paths += touched.length;
      var eldest = byCommit.entrySet().iterator();
      while (paths > limitPaths && byCommit.size() > 1) {
        paths -= eldest.next().getValue().length;
        eldest.remove();
      }
    }
    return Arrays.binarySearch(touched, hash) >= 0;
  }

  /** {@code :<mode> <mode> <id> <id> MTAB<path>LF}. */
  private static long[] read(InputStream out) throws IOException, GitException {
    ByteLines records = new ByteLines(out, '\n', PatchReader.LIMIT_LINE_BYTES);
    long[] found = new long[16];
    int size = 0;
    for (String record = records.next(); record != null; record = records.next()) {
      if (size == found.length) {
        found = Arrays.copyOf(found, size * 2);
      }
      found[size++] = LineHash.of(QuotedPath.of(record.substring(record.indexOf('\t') + 1)));
    }
    long[] sorted = Arrays.copyOf(found, size);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Paths that are kept now. */
  synchronized long paths() {
    return paths;
  }

  /** Gives the memory back. */
  synchronized void forget() {
    byCommit.clear();
    paths = 0;
    mainline = null;
    tip = null;
  }

  /** Ends the process that it runs. It may be used again. */
  @Override
  public void close() {
    diffs.close();
  }
}
