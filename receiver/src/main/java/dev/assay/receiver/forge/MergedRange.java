package dev.assay.receiver.forge;

import dev.assay.receiver.forge.PullList.Pull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which commit a listed pull request is compared with. A list's {@code base} is mostly where the
 * base branch stood when the branch was last pushed, so that a diff from there would hold other
 * people's pull requests too. What was merged is:
 *
 * <ul>
 *   <li>a merge commit: its first parent to it;
 *   <li>a rebase merge: the last <i>n</i> commits, where the branch's own <i>n</i> commits (from
 *       the fork of {@code base} and {@code head} to {@code head}) come again under the same
 *       author, author's email and first line in the same order; a fast-forward is the same with
 *       equal ids;
 *   <li>else a squash merge: its parent to it.
 * </ul>
 */
final class MergedRange {
  /** Branches with more commits are not looked for. */
  static final int LIMIT_COMMITS = 1_000;

  private final Git git;
  private final CommitLog log;

  MergedRange(Git git) {
    this.git = git;
    this.log = new CommitLog(git);
  }

  /**
   * The commit before the pull request's first one on the branch; null for the first of all.
   *
   * @param merge the merge commit with its true parents
   */
  @Nullable String base(Pull pull, Commit merge) throws GitException {
    String parent = merge.parents().isEmpty() ? null : merge.parents().get(0);
    String base = pull.base();
    String head = pull.head();
    if (merge.parents().size() != 1 || base == null || head == null) {
      return parent;
    }
    List<Commit> branch;
    List<Commit> merged;
    try {
      branch = log.range(LIMIT_COMMITS, git.text("merge-base", base, head), head);
      merged = branch.size() < 2 ? List.of() : log.newest(branch.size() + 1, merge.id());
    } catch (GitException notHere) {
      return parent; // the branch of a fork is mostly not in this repository
    }
    if (branch.size() < 2 || branch.size() == LIMIT_COMMITS || merged.size() <= branch.size()) {
      return parent;
    }
    for (int i = 0; i < branch.size(); i++) {
      if (!same(branch.get(i), merged.get(i))) {
        return parent;
      }
    }
    return merged.get(branch.size()).id();
  }

  private static boolean same(Commit one, Commit other) {
    return one.author().equals(other.author())
        && one.authorEmail().equals(other.authorEmail())
        && one.message().equals(other.message());
  }
}
