package dev.assay.bench.accuracy.score;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What a judge's verdicts are worth on a corpus.
 *
 * @param truePositives Claude's lines that are called Claude's
 * @param falseAlarms people's lines that are called Claude's
 * @param missed Claude's lines that are not
 * @param unjudged effective lines of which both answers are right
 * @param excludedAssisted lines that never count and are called Claude's all the same
 * @param pulls pull requests with a judged line
 * @param pullsMissed with lines of Claude's, none of whose lines is called Claude's
 * @param pullsFalselyTagged without a line of Claude's, of which a person's line is called Claude's
 */
public record Scores(
    int truePositives,
    int falseAlarms,
    int missed,
    int human,
    int unjudged,
    int excludedAssisted,
    int pulls,
    int pullsMissed,
    int pullsFalselyTagged,
    List<KindScore> kinds) {

  public double precision() {
    return share(truePositives, truePositives + falseAlarms);
  }

  public double recall() {
    return share(truePositives, truePositives + missed);
  }

  /** The harmonic mean of both; 0 where there is no true positive. */
  public double f1() {
    return truePositives == 0 ? 0 : 2 * precision() * recall() / (precision() + recall());
  }

  public double unjudgedShare() {
    return share(unjudged, unjudged + truePositives + missed + human);
  }

  /** Both corpora as one. */
  public Scores plus(Scores other) {
    TreeMap<String, KindScore> all = new TreeMap<>();
    List<KindScore> both = new ArrayList<>(kinds);
    both.addAll(other.kinds);
    for (KindScore kind : both) {
      all.merge(
          kind.truth() + " " + kind.kind(),
          kind,
          (a, b) ->
              new KindScore(a.truth(), a.kind(), a.lines() + b.lines(), a.claimed() + b.claimed()));
    }
    return new Scores(
        truePositives + other.truePositives,
        falseAlarms + other.falseAlarms,
        missed + other.missed,
        human + other.human,
        unjudged + other.unjudged,
        excludedAssisted + other.excludedAssisted,
        pulls + other.pulls,
        pullsMissed + other.pullsMissed,
        pullsFalselyTagged + other.pullsFalselyTagged,
        List.copyOf(all.values()));
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
