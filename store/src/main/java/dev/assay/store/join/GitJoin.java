package dev.assay.store.join;

import dev.assay.store.fact.GitObservation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one commit, push or pull request that Claude Code made. */
public record GitJoin(
    String toolUseId,
    GitObservation.Operation operation,
    Claim claim,
    Ranked<Long> time,
    List<String> repositories,
    @Nullable Ranked<String> branch,
    @Nullable Ranked<String> revision,
    @Nullable Ranked<String> pullRequestUrl) {

  /** What one observation says. A longer revision tells more. */
  public static GitJoin of(GitObservation o) {
    int place = Join.agentFirst(o.source());
    long rank = Join.earliest(place, o.time());
    String revision = o.revision();
    return new GitJoin(
        o.toolUseId(),
        o.operation(),
        Claim.of(o.source(), o.session()),
        new Ranked<>(Join.micros(o.time()), rank),
        Join.union(o.repositories(), List.of()),
        Ranked.of(o.branch(), rank),
        Ranked.of(revision, revision == null ? 0 : revision.length()),
        Ranked.of(o.pullRequestUrl(), rank));
  }

  /** What both say together. */
  public GitJoin join(GitJoin other) {
    return new GitJoin(
        toolUseId,
        operation,
        Claim.best(claim, other.claim),
        Known.best(time, other.time),
        Join.union(repositories, other.repositories),
        Ranked.best(branch, other.branch),
        Ranked.best(revision, other.revision),
        Ranked.best(pullRequestUrl, other.pullRequestUrl));
  }
}
