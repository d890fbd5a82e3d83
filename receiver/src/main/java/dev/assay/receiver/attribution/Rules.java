package dev.assay.receiver.attribution;

/**
 * The rules by which lines are attributed: a version, numbers, and what is left out.
 * docs/attribution.md says what each number means and why it is as it is.
 *
 * @param version rises whenever the same inputs may give another verdict
 */
public record Rules(int version, Thresholds thresholds, ExclusionTable exclusions) {
  /** The version of the rules that this code applies. */
  public static final int VERSION = 1;

  /** The rules as docs/attribution.md states them. */
  public static Rules standard() {
    return new Rules(VERSION, Thresholds.standard(), ExclusionTable.standard());
  }
}
