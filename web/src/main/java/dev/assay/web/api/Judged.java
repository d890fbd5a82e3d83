package dev.assay.web.api;

import org.jspecify.annotations.Nullable;

/**
 * How many of some pull requests have a verdict. What rests on verdicts is null where none has one:
 * nothing was judged, and a zero would look like an answer.
 *
 * @param undecided those without one
 */
record Judged(long pullRequests, long undecided) {
  /** A sum over those that have one; null where all wait for theirs. */
  @Nullable Long sum(long figure) {
    return undecided > 0 && undecided >= pullRequests ? null : figure;
  }
}
