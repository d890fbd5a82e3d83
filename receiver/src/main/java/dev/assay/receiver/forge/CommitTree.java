package dev.assay.receiver.forge;

import dev.assay.receiver.attribution.BaseTree;
import dev.assay.store.fact.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tree of one commit, asked line by line. */
final class CommitTree implements BaseTree {
  /**
   * How long before and after the merge a commit may have touched a path; one that none touched is
   * in the base tree or was never committed. Longer than the window in which edits count.
   */
  static final Duration REACH = Duration.ofDays(40);

  private final Git git;
  private final String base;
  private final Map<String, @Nullable String> ids;
  private final Change change;
  private final String tip;
  private final Sources sources;
  private final Map<String, Boolean> committed = new HashMap<>();
  private final Map<String, BlobLines> files = new HashMap<>();
  private TouchedPaths.@Nullable Around around;
  private boolean aroundKnown;

  /** What a repository keeps for all trees. */
  record Sources(CatFile objects, Blobs blobs, TreeCensus census, TouchedPaths touched) {}

  /**
   * @param base the commit to ask
   * @param ids of the blobs of files that the change touches, by path in the base; null where there
   *     was none
   * @param change that is made to it
   * @param tip last known commit of the branch that the change was merged to
   */
  CommitTree(
      Git git,
      String base,
      Map<String, @Nullable String> ids,
      Change change,
      String tip,
      Sources sources) {
    this.git = git;
    this.base = base;
    this.ids = new HashMap<>(ids);
    this.change = change;
    this.tip = tip;
    this.sources = sources;
  }

  @Override
  public int filesWith(long lineHash) {
    try {
      return sources.census.files(base, lineHash);
    } catch (GitException e) {
      throw new GitException.Unchecked(e);
    }
  }

  @Override
  public int timesIn(String path, long lineHash) {
    BlobLines lines = files.get(path);
    if (lines == null) {
      try {
        lines = lines(path);
      } catch (GitException e) {
        throw new GitException.Unchecked(e);
      }
      files.put(path, lines);
    }
    return lines.times(lineHash);
  }

  private BlobLines lines(String path) throws GitException {
    String id = ids.get(path);
    if (id != null) {
      return sources.blobs.lines(id);
    }
    byte[] content = ids.containsKey(path) ? null : sources.objects.content(base + ":" + path);
    return BlobLines.of(content == null ? new byte[0] : content);
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
      if (ids.containsKey(path) ? ids.get(path) != null : inBase(path)) {
        return true;
      }
      if (!aroundKnown) {
        around = sources.touched.around(tip, base, change.mergeCommit(), change.mergedAt(), REACH);
        aroundKnown = true;
      }
      return around != null
          ? sources.touched.touched(around, path)
          : touched(path, base) || touched(path, tip, "^" + change.mergeCommit());
    } catch (GitException e) {
      throw new GitException.Unchecked(e);
    }
  }

  private boolean inBase(String path) throws GitException {
    return sources.objects.content(base + ":" + path) != null;
  }

  /** Where the change was made to, or came to, another branch than the one that is known. */
  private boolean touched(String path, String... range) throws GitException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--literal-pathspecs",
                "rev-list",
                "--first-parent",
                "--max-count=1",
                "--since=@" + change.mergedAt().minus(REACH).getEpochSecond(),
                "--until=@" + change.mergedAt().plus(REACH).getEpochSecond()));
    arguments.addAll(List.of(range));
    arguments.addAll(List.of("--", path));
    return !git.text(arguments.toArray(String[]::new)).isEmpty();
  }
}
