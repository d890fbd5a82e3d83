package dev.assay.receiver.forge;

import dev.assay.receiver.attribution.BaseTree;
import dev.assay.store.fact.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tree of one commit, asked line by line. */
final class CommitTree implements BaseTree {
  /** Files whose lines are kept while one change is attributed. */
  static final int LIMIT_FILES = 256;

  /**
   * How long before the merge a commit may have touched a path; one that none touched since is in
   * the base tree or was never committed. Longer than the window in which edits count.
   */
  static final Duration RECENT = Duration.ofDays(40);

  private final Git git;
  private final String base;
  private final Change change;
  private final String tip;
  private final Map<String, Boolean> committed = new HashMap<>();
  private final CatFile blobs;
  private final TreeCensus census;
  private final Map<String, Map<Long, Integer>> files =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<Long, Integer>> eldest) {
          return size() > LIMIT_FILES;
        }
      };

  /**
   * @param base the commit to ask
   * @param change that is made to it
   * @param tip last known commit of the branch that the change was merged to
   */
  CommitTree(Git git, String base, Change change, String tip, CatFile blobs, TreeCensus census) {
    this.git = git;
    this.base = base;
    this.change = change;
    this.tip = tip;
    this.blobs = blobs;
    this.census = census;
  }

  @Override
  public int filesWith(long lineHash) {
    try {
      return census.files(base, lineHash);
    } catch (GitException e) {
      throw new GitException.Unchecked(e);
    }
  }

  @Override
  public int timesIn(String path, long lineHash) {
    Map<Long, Integer> lines = files.get(path);
    if (lines == null) {
      try {
        byte[] content = blobs.content(base + ":" + path);
        lines = content == null ? Map.of() : BlobLines.times(content);
      } catch (GitException e) {
        throw new GitException.Unchecked(e);
      }
      files.put(path, lines);
    }
    return lines.getOrDefault(lineHash, 0);
  }

  @Override
  public boolean committed(String path) {
    return committed.computeIfAbsent(path, this::everCommitted);
  }

  /**
   * Along first parents, without the change's own commits: a merge commit brings those of its
   * branch into the history, a squash merge does not, and both must give the same.
   */
  private boolean everCommitted(String path) {
    try {
      return blobs.content(base + ":" + path) != null
          || (touched(path, tip, base) // mostly it was not, and one process tells
              && (touched(path, base) || touched(path, tip, "^" + change.mergeCommit())));
    } catch (GitException e) {
      throw new GitException.Unchecked(e);
    }
  }

  private boolean touched(String path, String... range) throws GitException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--literal-pathspecs",
                "rev-list",
                "--first-parent",
                "--max-count=1",
                "--since=@" + change.mergedAt().minus(RECENT).getEpochSecond()));
    arguments.addAll(List.of(range));
    arguments.addAll(List.of("--", path));
    return !git.text(arguments.toArray(String[]::new)).isEmpty();
  }
}
