package dev.assay.store;

import org.jspecify.annotations.Nullable;

/**
 * How the store stands.
 *
 * @param ready whether commits are accepted
 * @param failure why not; null where they are
 * @param facts rows of all facts
 * @param indexedLines entries of the line index
 * @param indexFill 0 to 1: the fullest window's share of its planned size
 * @param indexRebuilding whether the index is being rebuilt; attribution waits for it
 * @param diskBytes of the data directory
 */
public record StoreHealth(
    boolean ready,
    @Nullable String failure,
    long facts,
    long indexedLines,
    double indexFill,
    boolean indexRebuilding,
    long diskBytes) {}
