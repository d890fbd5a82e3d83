package dev.assay.receiver.attribution;

import dev.assay.proto.line.NormalisedLine;
import java.time.Duration;

/**
 * The numbers of the rules.
 *
 * @param windowBefore how long before the merge an edit may lie, this moment included
 * @param windowAfter how long after the merge an edit may lie, this moment included
 * @param similarPercent how much of the longer normalised line may differ, in percent, inclusive
 * @param shortChars lines with fewer code points (normalised) prove nothing alone
 * @param commonFiles a line in this many files of the base tree proves nothing alone
 * @param commonInFile a line this often in its own file of the base tree proves nothing alone
 * @param movedRun how many distinctive lines in a row show that lines came from another file
 * @param besideLines how far, in lines of the file, a line that proves nothing alone may lie from
 *     the next attributed line of the same edit
 * @param limitChars longer raw lines (UTF-16 units) are left out
 */
public record Thresholds(
    Duration windowBefore,
    Duration windowAfter,
    int similarPercent,
    int shortChars,
    int commonFiles,
    int commonInFile,
    int movedRun,
    int besideLines,
    int limitChars) {

  /** The numbers of docs/attribution.md. */
  public static Thresholds standard() {
    return new Thresholds(
        Duration.ofDays(21), Duration.ofDays(2), 20, 12, 3, 2, 3, 3, NormalisedLine.LIMIT_CHARS);
  }
}
