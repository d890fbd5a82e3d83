package dev.assay.receiver.attribution;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The rules by which lines are attributed: a version, numbers, and what is left out.
 * docs/attribution.md says what each number means and why it is as it is.
 *
 * @param version rises, from the first release on, whenever the same inputs may give another
 *     verdict
 */
public record Rules(int version, Thresholds thresholds, ExclusionTable exclusions) {
  /** The version of the rules that this code applies. */
  public static final int VERSION = 1;

  /** The rules as docs/attribution.md states them. */
  public static Rules standard() {
    return new Rules(VERSION, Thresholds.standard(), ExclusionTable.standard());
  }

  /**
   * The same, with more files left out: rule X4.
   *
   * @param patterns names of files, where {@code *} stands for any characters, and names of
   *     directories with a slash behind them
   * @param markers texts, found anywhere in one of a file's first lines, in any case
   */
  public Rules excluding(List<String> patterns, List<String> markers) {
    List<String> files = patterns.stream().filter(pattern -> !pattern.endsWith("/")).toList();
    List<String> directories =
        patterns.stream()
            .filter(pattern -> pattern.endsWith("/"))
            .map(pattern -> pattern.substring(0, pattern.length() - 1))
            .toList();
    return new Rules(
        version,
        thresholds,
        ExclusionTable.standardAnd(
            files, directories, markers.stream().map(Pattern::quote).toList()));
  }
}
