package dev.assay.receiver.forge;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In how many files of one tree each line stands. The first tree is read whole; from there it moves
 * to another one by the files in which the two differ, so that the bases of successive changes cost
 * what the changes cost. Memory is bounded by the number of different lines.
 */
final class TreeCensus implements AutoCloseable {
  /** Different lines of one tree: about 120 MB. A tree of more is counted in part. */
  static final int LIMIT_LINES = 6_000_000;

  private final Git git;
  private final Blobs blobs;
  private final TreeDiffs diffs;
  private final int limitLines;
  private LineCounts counts;
  private @Nullable String tree;

  TreeCensus(Git git, CatFile objects, Blobs blobs, int limitLines) {
    this.git = git;
    this.blobs = blobs;
    this.diffs =
        new TreeDiffs(
            git, objects, "-r", "--raw", "--no-renames", "--no-abbrev", "--ignore-submodules=none");
    this.limitLines = limitLines;
    this.counts = new LineCounts(limitLines);
  }

  /**
   * Files of {@code base} that have the line.
   *
   * @param base a commit or a tree, by its full id
   */
  synchronized int files(String base, long hash) throws GitException {
    if (!base.equals(tree)) {
      moveTo(base);
    }
    return counts.count(hash);
  }

  /** Times that a line was not counted because there are too many different ones. */
  synchronized long beyondLimit() {
    return counts.beyondLimit();
  }

  /** Gives the memory back; the next question reads its tree whole. */
  synchronized void forget() {
    tree = null;
    counts = new LineCounts(limitLines);
  }

  private void moveTo(String base) throws GitException {
    String from = tree;
    tree = null;
    if (from == null) {
      counts = new LineCounts(limitLines);
      count(git.run(TreeCensus::all, "ls-tree", "-r", "-z", "--full-tree", base), true);
    } else {
      Moved moved = diffs.between(from, base, TreeCensus::changed);
      count(moved.gone, false);
      count(moved.come, true);
    }
    tree = base;
  }

  private void count(List<String> ids, boolean add) throws GitException {
    blobs.each(
        ids,
        lines -> {
          for (int i = 0; i < lines.size(); i++) {
            if (add) {
              counts.add(lines.hash(i));
            } else {
              counts.remove(lines.hash(i));
            }
          }
        });
  }

  /** {@code 100644 blob <id>TAB<path>NUL}. */
  private static List<String> all(InputStream out) throws IOException {
    ByteLines entries = new ByteLines(out, '\0', PatchReader.LIMIT_LINE_BYTES);
    List<String> ids = new ArrayList<>();
    for (String entry = entries.next(); entry != null; entry = entries.next()) {
      if (Patch.isFile(entry)) {
        int id = entry.indexOf(' ', entry.indexOf(' ') + 1) + 1;
        ids.add(entry.substring(id, entry.indexOf('\t')));
      }
    }
    return ids;
  }

  /** {@code :<mode> <mode> <id> <id> MTAB<path>LF}; git quotes a line feed in a path. */
  private static Moved changed(InputStream out) throws IOException, GitException {
    ByteLines records = new ByteLines(out, '\n', PatchReader.LIMIT_LINE_BYTES);
    Moved moved = new Moved(new ArrayList<>(), new ArrayList<>());
    for (String record = records.next(); record != null; record = records.next()) {
      int tab = record.indexOf('\t');
      String[] meta = record.substring(0, Math.max(0, tab)).split(" ", -1);
      if (meta.length != 5) {
        throw new GitException("git's diff has an unknown record: " + record);
      }
      if (Patch.isFile(meta[0].substring(1))) {
        moved.gone.add(meta[2]);
      }
      if (Patch.isFile(meta[1])) {
        moved.come.add(meta[3]);
      }
    }
    return moved;
  }

  private record Moved(List<String> gone, List<String> come) {}

  /** Ends the process that it runs. It may be used again. */
  @Override
  public void close() {
    diffs.close();
  }
}
