package dev.assay.receiver.attribution;

import java.util.Locale;

/**
 * What keeps the time and memory of one judgement bounded, whatever the lines are like: the
 * greatest number up to which nothing is left out. docs/attribution.md, "Limits".
 */
public enum Limit {
  /** Pairs of equal lines, for one text and one edit. */
  EQUAL_PAIRS(4_096),
  /** Pairs of similar lines, for one added line. */
  SIMILAR_PAIRS(16),
  /** Lines of one file compared with each other to find similar ones. */
  SIMILAR_COMPARISONS(2_000_000),
  /** Starts that one written line is held against, to find where a formatter split it. */
  REFLOWED_STARTS(64),
  /**
   * Lines times lines of a hunk and of what stands at its place, less what both begin and end with.
   */
  PLACE_LINES(4_000_000),
  /** The same for similar lines between two equal ones, where each pair compares two texts. */
  PLACE_COMPARISONS(4_096),
  /**
   * Different lines of one change that are looked up in other files; the first in order of paths.
   */
  LOOKED_UP(50_000),
  /** Places of the change at which one written line begins a run that may show a moved file. */
  RUN_PLACES(64),
  /** Written and added lines together that a formatter made of each other: rule S4. */
  REFLOWED_LINES(64),
  /** Added lines at the place of a hunk of one or two lines. */
  AROUND_FEW(20);

  private final long standard;

  Limit(long standard) {
    this.standard = standard;
  }

  /** The number of docs/attribution.md. */
  public long standard() {
    return standard;
  }

  /** As metrics name it: {@code equal-pairs}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
