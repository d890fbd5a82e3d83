package dev.assay.receiver.forge;

import dev.assay.receiver.forge.PullList.Pull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which commit a listed pull request is compared with. A list's {@code base} is mostly where the
 * base branch stood when the branch was last pushed, so that a diff from there would hold other
 * people's pull requests too. What was merged is:
 *
 * <ul>
 *   <li>a merge commit: its first parent to it;
 *   <li>a rebase merge, a row of cherry-picks, a fast-forward: the last <i>n</i> commits, which are
 *       the branch's own (from the fork of {@code base} and {@code head} to {@code head}) again,
 *       under the same author, author's email and first line in the same order; git leaves out
 *       those whose content was there before;
 *   <li>else a squash merge: its parent to it.
 * </ul>
 *
 * Where the branch is not here, the number of its commits and the message decide; where these do
 * not, the change is unclear, and says so rather than count a part of itself.
 */
final class MergedRange {
  /** Branches with more commits are not looked for. */
  static final int LIMIT_COMMITS = 1_000;

  /** A rebase merge writes its commits at one go: from one to the next it takes no longer. */
  static final Duration AT_ONE_GO = Duration.ofSeconds(10);

  private final Git git;
  private final CommitLog log;
  private final Predicate<Commit> another;

  /**
   * @param another whether a commit is what another entry of the list was merged with
   */
  MergedRange(Git git, Predicate<Commit> another) {
    this.git = git;
    this.log = new CommitLog(git);
    this.another = another;
  }

  /**
   * What a pull request is compared with.
   *
   * @param base the commit before its first one; null for the first of all
   * @param unclear why it cannot be told; null where it can
   */
  record Found(@Nullable String base, @Nullable String unclear) {}

  /**
   * Finds the commit before the pull request's first one on the branch.
   *
   * @param merge the last commit of what was merged, with its true parents
   */
  Found base(Pull pull, Commit merge) throws GitException {
    String parent = merge.parents().isEmpty() ? null : merge.parents().get(0);
    if (merge.parents().size() != 1) {
      return new Found(parent, null);
    }
    List<Commit> branch = branch(pull, merge);
    if (branch == null) {
      return withoutBranch(pull, merge);
    }
    if (branch.size() < 2 || branch.size() == LIMIT_COMMITS) {
      return new Found(parent, null);
    }
    List<Commit> merged = log.newest(branch.size() + 1, merge.id());
    int same = 0;
    for (Commit commit : branch) {
      Commit next = same < merged.size() ? merged.get(same) : null;
      if (next == null || (same > 0 && another.test(next))) {
        break;
      }
      same += same(commit, next) ? 1 : 0;
    }
    boolean here = same > 0 && same < merged.size();
    return new Found(here ? merged.get(same).id() : parent, null);
  }

  /** The branch's own commits, newest first; null where they are not here. */
  private @Nullable List<Commit> branch(Pull pull, Commit merge) {
    String head = pull.head();
    if (head == null) {
      return null;
    }
    // A fast-forward's head is the merge itself: only the list's base tells where it began.
    String before = merge.id().startsWith(head) ? null : merge.parents().get(0);
    for (String other : new String[] {pull.base(), before}) {
      try {
        if (other != null) {
          return log.range(LIMIT_COMMITS, git.text("merge-base", other, head), head);
        }
      } catch (GitException notHere) {
        // The branch of a fork is mostly not in this repository, and an old base may be gone.
      }
    }
    return null;
  }

  private Found withoutBranch(Pull pull, Commit merge) throws GitException {
    Integer commits = pull.commits();
    String parent = merge.parents().get(0);
    if (MergeMessage.of(merge.message()).number() != null || Integer.valueOf(1).equals(commits)) {
      return new Found(parent, null); // a forge writes the number where it squashes
    }
    int most = commits == null ? LIMIT_COMMITS : commits;
    List<Commit> row = atOneGo(log.newest(most + 1, merge.id()));
    if (row.size() < 2 || (commits != null && row.size() < commits)) {
      return new Found(parent, null);
    }
    if (commits != null && commits <= LIMIT_COMMITS) {
      Commit first = row.get(commits - 1);
      return new Found(first.parents().isEmpty() ? null : first.parents().get(0), null);
    }
    return new Found(
        parent,
        "a rebase merge or a squash merge: "
            + row.size()
            + " commits up to "
            + merge.id()
            + " were made at one go, and the branch is not in "
            + git.gitDirectory()
            + "; git fetch origin refs/pull/"
            + pull.number()
            + "/head brings it, and \"head\" or \"commits\" in the list decides");
  }

  /** The commits that may have come together with the newest one, newest first. */
  private List<Commit> atOneGo(List<Commit> newest) {
    List<Commit> row = new ArrayList<>();
    for (Commit commit : newest) {
      boolean begun = !row.isEmpty();
      if (commit.parents().size() > 1
          || (begun && commit.parents().isEmpty()) // the first of all was never rebased
          || (begun
              && (another.test(commit)
                  || MergeMessage.of(commit.message()).number() != null
                  || later(commit, row.get(row.size() - 1)).compareTo(AT_ONE_GO) > 0))) {
        break;
      }
      row.add(commit);
    }
    return row;
  }

  private static Duration later(Commit commit, Commit next) {
    return Duration.between(commit.time(), next.time()).abs();
  }

  private static boolean same(Commit one, Commit other) {
    return one.author().equals(other.author())
        && one.authorEmail().equals(other.authorEmail())
        && one.message().equals(other.message());
  }
}
