package dev.assay.receiver.forge;

import dev.assay.receiver.forge.LinesGone.Gone;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says which lines of a commit still stand, unchanged, in a later one of the default branch: in
 * their file, under whatever name it has got, and wherever in it. One thread uses it.
 */
public final class LineSurvival {
  private final Mainline line;
  private final Renames renames;
  private final LinesGone gone;

  LineSurvival(Git git, Mainline line) {
    this.line = line;
    this.renames = new Renames(git, line);
    this.gone = new LinesGone(git);
  }

  /** The branch that it is about. */
  public Mainline mainline() {
    return line;
  }

  /**
   * How many of the lines stand, group by group.
   *
   * @param from a commit of the branch
   * @param to the same, or a later one
   * @param groups lines by path, numbered as in {@code from}
   */
  public long[] standing(String from, String to, List<Map<String, Collection<Integer>>> groups)
      throws GitException {
    int begin = place(from);
    int end = place(to);
    Map<String, String> names = new HashMap<>();
    for (Map<String, Collection<Integer>> group : groups) {
      for (String path : group.keySet()) {
        names.put(path, renames.follow(path, begin, end));
      }
    }
    Map<String, Gone> lost = begin == end ? Map.of() : gone.between(from, to, names);
    return groups.stream().mapToLong(group -> standing(group, lost)).toArray();
  }

  private static long standing(Map<String, Collection<Integer>> group, Map<String, Gone> lost) {
    long standing = 0;
    for (Map.Entry<String, Collection<Integer>> file : group.entrySet()) {
      Gone ofFile = lost.get(file.getKey());
      standing += ofFile == null ? file.getValue().size() : ofFile.standing(file.getValue());
    }
    return standing;
  }

  private int place(String commit) throws GitException {
    @Nullable Integer place = line.place(commit);
    if (place == null) {
      throw new GitException("commit " + commit + " is not on the default branch");
    }
    return place;
  }
}
