package dev.assay.receiver.forge;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which files each commit of a branch renamed, as git's own rename detection sees it. Read in
 * blocks of commits, each once.
 */
final class Renames {
  /** Commits that are read at once. */
  static final int BLOCK = 512;

  /** Renames that are held; a history with more begins to read its blocks again. */
  static final int LIMIT_HELD = 500_000;

  private final Git git;
  private final Mainline line;
  private final NavigableMap<Integer, Map<String, String>> byPlace = new TreeMap<>();
  private final TreeSet<Integer> blocks = new TreeSet<>();
  private int held;

  Renames(Git git, Mainline line) {
    this.git = git;
    this.line = line;
  }

  /** What a file is called at {@code to} that is called {@code path} at {@code from}. */
  String follow(String path, int from, int to) throws GitException {
    for (int block = (from + 1) / BLOCK; block <= to / BLOCK; block++) {
      if (from < to && !blocks.contains(block)) {
        load(block);
      }
    }
    String name = path;
    for (Map<String, String> renamed : byPlace.subMap(from, false, to, true).values()) {
      name = renamed.getOrDefault(name, name);
    }
    return name;
  }

  private void load(int block) throws GitException {
    if (held > LIMIT_HELD) {
      byPlace.clear();
      blocks.clear();
      held = 0;
    }
    int last = Math.min(line.size(), (block + 1) * BLOCK) - 1;
    git.run(
        in -> {
          read(in);
          return last;
        },
        "log",
        "--first-parent",
        "-m",
        "-M",
        "--raw",
        "--no-abbrev",
        "--diff-filter=R",
        "--no-color",
        "--no-show-signature",
        "--format=commit %H",
        "--max-count=" + (last - block * BLOCK + 1),
        line.id(last),
        "--");
    blocks.add(block);
  }

  private void read(InputStream in) throws IOException, GitException {
    ByteLines lines = new ByteLines(in, '\n', PatchReader.LIMIT_LINE_BYTES);
    Integer place = null;
    for (String text = lines.next(); text != null; text = lines.next()) {
      if (text.startsWith("commit ")) {
        place = line.place(text.substring("commit ".length()));
      } else if (text.startsWith(":") && place != null) {
        String[] names = text.split("\t", -1);
        if (names.length != 3) {
          throw new GitException("git log has an unknown rename: " + text);
        }
        byPlace
            .computeIfAbsent(place, p -> new HashMap<>())
            .put(QuotedPath.of(names[1]), QuotedPath.of(names[2]));
        held++;
      }
    }
  }
}
