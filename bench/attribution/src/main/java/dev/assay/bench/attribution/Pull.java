package dev.assay.bench.attribution;

import dev.assay.store.fact.Change;
import dev.assay.store.fact.EditObservation;
import java.util.List;

/**
 * A merged pull request.
 *
 * @param kind what the table calls those that are alike
 * @param added lines
 * @param change as the follower knows it
 * @param baseTree the id of the tree that it was made to
 * @param mergeTree the id of the tree that it left
 * @param edits what Claude Code did for it
 */
record Pull(
    String kind,
    int added,
    Change change,
    String baseTree,
    String mergeTree,
    List<EditObservation> edits) {}
