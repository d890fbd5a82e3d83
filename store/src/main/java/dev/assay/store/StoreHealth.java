package dev.assay.store;

import org.jspecify.annotations.Nullable;

/**
 * How the store stands.
 *
 * @param ready whether commits are accepted
 * @param failure why not; null where they are
 * @param facts rows of all facts
 * @param changedFacts how many facts were new or different, since the store was opened
 * @param waiting observations that are acknowledged and not yet joined into facts
 * @param setAside files with something acknowledged that could not be made a fact; 0 where all is
 *     well
 * @param indexedLines entries of the line index
 * @param indexFill 0 to 1: the fullest window's share of what a window may hold
 * @param indexRebuilding whether the index is being looked through or rebuilt; attribution waits
 *     for it
 * @param diskBytes of the data directory
 */
public record StoreHealth(
    boolean ready,
    @Nullable String failure,
    long facts,
    long changedFacts,
    int waiting,
    int setAside,
    long indexedLines,
    double indexFill,
    boolean indexRebuilding,
    long diskBytes) {}
