package dev.assay.store.fact;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A commit, push or pull request that Claude Code made. Key: {@code toolUseId} and {@code
 * operation}.
 *
 * @param revision the commit's id, as far as it is told
 * @param pullRequestUrl the page of the pull request
 */
public record GitObservation(
    Source source,
    Instant time,
    String toolUseId,
    SessionClaim session,
    Operation operation,
    List<String> repositories,
    @Nullable String branch,
    @Nullable String revision,
    @Nullable String pullRequestUrl)
    implements Observation {
  public GitObservation {
    repositories = List.copyOf(repositories);
  }

  /** What was done. */
  public enum Operation {
    COMMIT,
    PUSH,
    PULL_REQUEST
  }
}
