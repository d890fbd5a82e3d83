package dev.assay.receiver.forge;

import dev.assay.receiver.attribution.BaseTree;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
  private final Instant mergedAt;
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

  CommitTree(Git git, String base, Instant mergedAt, CatFile blobs, TreeCensus census) {
    this.git = git;
    this.base = base;
    this.mergedAt = mergedAt;
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

  private boolean everCommitted(String path) {
    try {
      return blobs.content(base + ":" + path) != null
          || !git.text(
                  "--literal-pathspecs",
                  "rev-list",
                  "--all",
                  "--max-count=1",
                  "--since=@" + mergedAt.minus(RECENT).getEpochSecond(),
                  "--",
                  path)
              .isEmpty();
    } catch (GitException e) {
      throw new GitException.Unchecked(e);
    }
  }
}
