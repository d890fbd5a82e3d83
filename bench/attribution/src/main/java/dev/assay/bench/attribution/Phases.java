package dev.assay.bench.attribution;

/**
 * What the parts of one attribution took, in nanoseconds; no part is in another.
 *
 * @param read git's diff, read into memory
 * @param version how new the newest edit is, which is kept with the verdicts
 * @param base how common lines are in the base tree
 * @param edits the store's answers: edits of files, edits that wrote a line
 * @param choose what is left of finding candidates
 * @param judge from candidates to verdicts
 * @param store until the verdicts are committed
 */
record Phases(long read, long version, long base, long edits, long choose, long judge, long store) {

  /** All but git's own part, the diff, and but the commit of the verdicts. */
  long attribution() {
    return version + base + edits + choose + judge;
  }

  long all() {
    return read + attribution() + store;
  }
}
