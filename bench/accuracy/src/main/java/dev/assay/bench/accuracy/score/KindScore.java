package dev.assay.bench.accuracy.score;

/**
 * How one kind of lines fared.
 *
 * @param truth {@code claude} or {@code human}
 * @param claimed how many the engine calls Claude's
 */
public record KindScore(String truth, String kind, int lines, int claimed) {

  /** Recall for Claude's lines, the share of false alarms for people's. */
  double share() {
    return lines == 0 ? 0 : (double) claimed / lines;
  }
}
