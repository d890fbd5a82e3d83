package dev.assay.receiver.forge;

import dev.assay.receiver.forge.Patch.Line;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which lines of a commit's files are not in a later commit any more: those that git's diff between
 * the two removes, except where the diff adds the same text elsewhere in the file, one for one (the
 * line was moved).
 */
final class LinesGone {
  /** Files that one command is asked for: a command line has an end. */
  static final int FILES_AT_ONCE = 200;

  private static final List<String> DIFF =
      List.of(
          "--raw",
          "-p",
          "--no-abbrev",
          "--full-index",
          "--no-color",
          "--no-ext-diff",
          "--no-textconv",
          "--no-renames",
          "--no-relative",
          "--diff-algorithm=myers",
          "--unified=0",
          "--inter-hunk-context=0",
          "--src-prefix=a/",
          "--dst-prefix=b/");

  private final Git git;

  LinesGone(Git git) {
    this.git = git;
  }

  /**
   * By path in {@code from}; files whose lines all stand are left out.
   *
   * @param names path in {@code from}, and what the file is called in {@code to}
   */
  Map<String, Gone> between(String from, String to, Map<String, String> names) throws GitException {
    Map<String, Gone> out = new HashMap<>();
    List<String> same = new ArrayList<>();
    for (Map.Entry<String, String> name : names.entrySet()) {
      if (name.getKey().equals(name.getValue())) {
        same.add(name.getKey());
      } else {
        renamed(from, to, name.getKey(), name.getValue(), out);
      }
    }
    for (int i = 0; i < same.size(); i += FILES_AT_ONCE) {
      List<String> arguments = new ArrayList<>(List.of("diff-tree", "-r"));
      arguments.addAll(DIFF);
      arguments.addAll(List.of(from, to, "--"));
      same.subList(i, Math.min(same.size(), i + FILES_AT_ONCE))
          .forEach(path -> arguments.add(":(literal)" + path));
      for (Patch patch : git.run(PatchReader::read, arguments.toArray(String[]::new))) {
        out.put(patch.path(), gone(patch));
      }
    }
    return out;
  }

  /** Two contents, whatever else has their names in the two commits. */
  private void renamed(String from, String to, String old, String now, Map<String, Gone> out)
      throws GitException {
    String after;
    try {
      after = git.text("rev-parse", "--verify", "--quiet", "--end-of-options", to + ":" + now);
    } catch (GitException notThere) {
      out.put(old, Gone.ALL); // deleted after it was renamed
      return;
    }
    List<String> arguments = new ArrayList<>(List.of("diff"));
    arguments.addAll(DIFF);
    arguments.add(git.text("rev-parse", "--verify", "--end-of-options", from + ":" + old));
    arguments.add(after);
    for (Patch patch : git.run(PatchReader::read, arguments.toArray(String[]::new))) {
      out.put(old, gone(patch));
    }
  }

  private static Gone gone(Patch patch) {
    if (patch.binary() || !Patch.isFile(patch.newMode())) {
      return Gone.ALL;
    }
    Map<String, Integer> added = new HashMap<>();
    patch.added().forEach(line -> added.merge(line.text(), 1, Integer::sum));
    Set<Integer> lines = new HashSet<>();
    for (Line line : patch.removed()) {
      int left = added.getOrDefault(line.text(), 0);
      if (left > 0) {
        added.put(line.text(), left - 1);
      } else {
        lines.add(line.oldNumber());
      }
    }
    return new Gone(false, lines);
  }

  /**
   * What a file has lost.
   *
   * @param all whether nothing stands: the file was deleted, or is no text any more
   * @param lines 1-based, as they were
   */
  record Gone(boolean all, Set<Integer> lines) {
    static final Gone ALL = new Gone(true, Set.of());

    long standing(Collection<Integer> of) {
      return all ? 0 : of.stream().filter(line -> !lines.contains(line)).count();
    }
  }
}
