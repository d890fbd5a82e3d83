package dev.assay.store.fact;

import org.jspecify.annotations.Nullable;

/**
 * What made an edit, as far as it is known.
 *
 * @param model that wrote it, as its API calls it: the one of the last response before the edit in
 *     the session's main thread; null where no response tells, and where a subagent of another
 *     model was at work in the session, for the edit may be its
 * @param clientVersion of Claude Code
 * @param linesAdded as {@link EditFact} has it
 * @param linesRemoved as {@link EditFact} has it
 */
public record EditOrigin(
    @Nullable String model, @Nullable String clientVersion, int linesAdded, int linesRemoved) {}
