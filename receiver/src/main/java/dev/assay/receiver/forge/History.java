package dev.assay.receiver.forge;

import dev.assay.store.fact.Change;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the merged changes in a branch's history: docs/repositories.md, "Changes". Rebase merges
 * carry no number and are not found here.
 */
final class History {
  /**
   * Commits of one merge without a number that are shown one by one; a larger one (an import of
   * another history) is shown as one change.
   */
  static final int LIMIT_COMMITS_OF_MERGE = 500;

  private final String repository;
  private final Map<String, Commit> commits = new HashMap<>();
  private final Set<String> reached = new HashSet<>();
  private final Set<Integer> numbers = new HashSet<>();
  private final Map<String, String> headOwners = new HashMap<>();

  /**
   * @param repository the name under which changes are kept
   * @param all every commit of the branch's history, as far as it is known; where some are missing,
   *     a merge's author is that of its last commit
   */
  History(String repository, List<Commit> all) {
    this.repository = repository;
    for (Commit commit : all) {
      commits.put(commit.id(), commit);
    }
  }

  /**
   * The changes of a branch, oldest first.
   *
   * @param firstParents of its tip, newest first, with whole messages
   */
  List<Change> changes(List<Commit> firstParents) {
    List<Change> out = new ArrayList<>();
    for (int i = firstParents.size() - 1; i >= 0; i--) {
      Commit commit = firstParents.get(i);
      List<Commit> brought = brought(commit);
      MergeMessage message = MergeMessage.of(commit.message());
      Integer number = message.number();
      if (number != null && numbers.add(number)) {
        out.add(pullRequest(commit, message, number, brought));
      } else if (commit.parents().size() < 2 || brought.size() > LIMIT_COMMITS_OF_MERGE) {
        out.add(direct(commit, commit.time()));
      } else {
        brought.stream()
            .filter(one -> one.parents().size() < 2)
            .sorted(Comparator.comparing(Commit::time).thenComparing(Commit::id))
            .forEach(one -> out.add(direct(one, commit.time())));
      }
    }
    return out;
  }

  /** Owner of the repository that the branch of this merge came from, where its message tells. */
  Map<String, String> headOwners() {
    return headOwners;
  }

  private Change pullRequest(Commit merge, MergeMessage message, int number, List<Commit> brought) {
    Commit author = author(merge, brought);
    if (message.headOwner() != null) {
      headOwners.put(merge.id(), message.headOwner());
    }
    return new Change(
        repository,
        number,
        message.title(),
        author.author(),
        author.authorEmail(),
        merge.time(),
        merge.id(),
        merge.parents().isEmpty() ? null : merge.parents().get(0),
        merge.parents().size() < 2 ? null : merge.parents().get(1),
        null);
  }

  private Change direct(Commit commit, Instant reachedBranch) {
    return new Change(
        repository,
        null,
        MergeMessage.firstLine(commit.message()),
        commit.author(),
        commit.authorEmail(),
        reachedBranch,
        commit.id(),
        commit.parents().isEmpty() ? null : commit.parents().get(0),
        null,
        null);
  }

  /** Who wrote the first commit that the merge brings; for a squash merge its own author. */
  private Commit author(Commit merge, List<Commit> brought) {
    if (merge.parents().size() < 2) {
      return merge;
    }
    Commit first = null;
    for (Commit commit : brought) {
      if (commit.parents().size() < 2 && (first == null || older(commit, first))) {
        first = commit;
      }
    }
    Commit head = commits.get(merge.parents().get(1));
    return first != null ? first : head != null ? head : merge;
  }

  private static boolean older(Commit one, Commit other) {
    int byTime = one.time().compareTo(other.time());
    return byTime < 0 || (byTime == 0 && other.parents().contains(one.id()));
  }

  /** The commits that come into the branch with this one, and with none before it. */
  private List<Commit> brought(Commit onBranch) {
    reached.add(onBranch.id());
    List<Commit> out = new ArrayList<>();
    Deque<String> open = new ArrayDeque<>();
    for (String parent :
        onBranch
            .parents()
            .subList(Math.min(1, onBranch.parents().size()), onBranch.parents().size())) {
      open.push(parent);
    }
    while (!open.isEmpty()) {
      @Nullable Commit commit = commits.get(open.pop());
      if (commit != null && reached.add(commit.id())) {
        out.add(commit);
        commit.parents().forEach(open::push);
      }
    }
    return out;
  }
}
