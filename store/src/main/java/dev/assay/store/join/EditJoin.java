package dev.assay.store.join;

import dev.assay.store.fact.EditObservation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one applied edit.
 *
 * @param content what was said of its lines, by each source
 * @param expired whether its lines were kept as long as they may be
 */
public record EditJoin(
    String toolUseId,
    Claim claim,
    Ranked<Long> time,
    Ranked<String> tool,
    List<String> repositories,
    @Nullable Ranked<String> branch,
    @Nullable Ranked<String> path,
    EditContent content,
    boolean expired) {

  /** Of an expired edit no lines stay, whatever comes. */
  public EditJoin {
    content = expired ? content.withoutLines() : content;
  }

  /** What one observation says. */
  public static EditJoin of(EditObservation o) {
    int place = Join.agentFirst(o.source());
    long rank = Join.earliest(place, o.time());
    return new EditJoin(
        o.toolUseId(),
        Claim.of(o.source(), o.session()),
        new Ranked<>(Join.micros(o.time()), rank),
        new Ranked<>(o.tool(), place),
        Join.union(o.repositories(), List.of()),
        Ranked.of(o.branch(), rank),
        Ranked.of(o.path(), rank),
        EditContent.of(o),
        false);
  }

  /** What both say together. */
  public EditJoin join(EditJoin other) {
    return new EditJoin(
        toolUseId,
        Claim.best(claim, other.claim),
        Known.best(time, other.time),
        Known.best(tool, other.tool),
        Join.union(repositories, other.repositories),
        Ranked.best(branch, other.branch),
        Ranked.best(path, other.path),
        content.join(other.content),
        expired || other.expired);
  }

  /** The same with another content. */
  public EditJoin with(EditContent other) {
    return new EditJoin(toolUseId, claim, time, tool, repositories, branch, path, other, expired);
  }
}
