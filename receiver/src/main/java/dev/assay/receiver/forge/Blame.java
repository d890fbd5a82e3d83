package dev.assay.receiver.forge;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code git blame --incremental}: groups of a header {@code <commit> <line there> <line
 * here> <count>}, what is told of a commit the first time that it comes, and the name of the file.
 */
final class Blame {
  private static final int LIMIT_LINE_BYTES = 16 << 10;

  private Blame() {}

  /**
   * The lines of a file that were written after {@code base}, by their numbers in {@code commit}.
   *
   * @param base null: all that lead to the commit
   */
  static Map<Integer, LineOrigin> of(Git git, @Nullable String base, String commit, String path)
      throws GitException {
    String range = base == null ? commit : base + ".." + commit;
    return git.run(Blame::read, "blame", "--incremental", "--root", range, "--", path);
  }

  private static Map<Integer, LineOrigin> read(InputStream in) throws IOException, GitException {
    ByteLines lines = new ByteLines(in, '\n', LIMIT_LINE_BYTES);
    Map<Integer, LineOrigin> out = new HashMap<>();
    Set<String> before = new HashSet<>();
    for (String header = lines.next(); header != null; header = lines.next()) {
      String[] parts = header.split(" ", -1);
      if (parts.length != 4) {
        throw new GitException("git blame has an unknown group: " + header);
      }
      String detail = lines.next();
      while (detail != null && !detail.startsWith("filename ")) {
        if (detail.equals("boundary")) {
          before.add(parts[0]);
        }
        detail = lines.next();
      }
      if (detail == null) {
        throw new GitException("git blame broke off at " + header);
      }
      if (before.contains(parts[0])) {
        continue;
      }
      String path = QuotedPath.of(detail.substring("filename ".length()));
      int there = Integer.parseInt(parts[1]);
      int here = Integer.parseInt(parts[2]);
      for (int i = 0; i < Integer.parseInt(parts[3]); i++) {
        out.put(here + i, new LineOrigin(parts[0], path, there + i));
      }
    }
    return out;
  }
}
