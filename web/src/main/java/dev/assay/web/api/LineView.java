package dev.assay.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Change;
import dev.assay.store.fact.EditOrigin;
import dev.assay.store.fact.Verdict;
import dev.assay.store.report.AttributedChange;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A verdict as JSON Lines have it: what {@code assay attribute --out} writes of a line, and the
 * change that it is of. What is null is left out.
 *
 * @param change its readable key
 * @param pr number of the pull request
 * @param mergeCommit where the line's number holds
 * @param state {@code provisional} or {@code final}
 * @param model that wrote the edit, where it is known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LineView(
    String change,
    String repository,
    @Nullable Integer pr,
    String mergeCommit,
    String state,
    String path,
    int line,
    boolean effective,
    boolean assisted,
    @Nullable String strategy,
    @Nullable String session,
    @Nullable String edit,
    @Nullable String model,
    @Nullable Double difference,
    @Nullable String reason) {

  static LineView of(AttributedChange of, Verdict verdict) {
    Attribution attribution = of.attribution();
    Change change = attribution.change();
    return new LineView(
        change.key(),
        change.repository(),
        change.number(),
        change.mergeCommit(),
        attribution.state().name().toLowerCase(Locale.ROOT),
        verdict.path(),
        verdict.line(),
        verdict.effective(),
        verdict.assisted(),
        verdict.strategy(),
        verdict.sessionId(),
        verdict.toolUseId(),
        model(of, verdict),
        verdict.assisted() ? verdict.difference() : null,
        verdict.reason());
  }

  static @Nullable String model(AttributedChange of, Verdict verdict) {
    EditOrigin origin = of.origins().get(String.valueOf(verdict.toolUseId()));
    return origin == null ? null : origin.model();
  }
}
