package dev.assay.store.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something merged into a default branch: a pull request, or a commit that came without one. Key:
 * {@code repository} and {@code number}, or {@code repository} and {@code mergeCommit} where there
 * is no number.
 *
 * @param repository {@code host/owner/name} or {@code local/<root commit>}
 * @param number of the pull request; null for a commit without one
 * @param title first line, as the forge or the commit has it
 * @param author login or name
 * @param authorEmail email of the pull request's first commit, where known
 * @param mergedAt when it reached the branch
 * @param mergeCommit the commit on the default branch
 * @param base the commit that its diff is taken against; null: the first parent of {@code
 *     mergeCommit}
 * @param head last commit of the merged branch, where known
 * @param url its page on the forge, where there is one
 */
public record Change(
    String repository,
    @Nullable Integer number,
    String title,
    @Nullable String author,
    @Nullable String authorEmail,
    Instant mergedAt,
    String mergeCommit,
    @Nullable String base,
    @Nullable String head,
    @Nullable String url) {

  /** The readable key: {@code github.com/acme/api#12} or {@code github.com/acme/api@<commit>}. */
  public String key() {
    return number != null ? repository + "#" + number : repository + "@" + mergeCommit;
  }
}
