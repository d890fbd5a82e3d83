package dev.assay.receiver.forge;

import dev.assay.receiver.attribution.BaseTree;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tree of one commit, asked line by line. */
final class CommitTree implements BaseTree {
  /** Files whose lines are kept while one change is attributed. */
  static final int LIMIT_FILES = 256;

  private final String base;
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

  CommitTree(String base, CatFile blobs, TreeCensus census) {
    this.base = base;
    this.blobs = blobs;
    this.census = census;
  }

  @Override
  public int filesWith(String normalisedLine) {
    try {
      return census.files(base, LineHash.of(normalisedLine));
    } catch (GitException e) {
      throw new GitException.Unchecked(e);
    }
  }

  @Override
  public int timesIn(String path, String normalisedLine) {
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
    return lines.getOrDefault(LineHash.of(normalisedLine), 0);
  }
}
