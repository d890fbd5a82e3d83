package dev.assay.receiver.attribution;

import dev.assay.proto.line.LineDistance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Signed lines of which the signature does not tell enough: those known by their length alone, and
 * similar ones that differ by as much as a similar line may, for one more character may have become
 * another one of the same letter unseen. They count only where a sure line of their hunk counts.
 * docs/attribution.md, rule N6.
 */
final class Doubtful {
  private final Thresholds thresholds;

  private Doubtful(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  /** Takes back what no sure line of its hunk stands for; call after every strategy. */
  static void release(ChangedFile file, Thresholds thresholds) {
    Doubtful doubtful = new Doubtful(thresholds);
    Map<Draft, Set<Integer>> sure = new HashMap<>();
    List<AddedLine> doubted = new ArrayList<>();
    for (AddedLine line : file.lines) {
      AddedLine.Match match = line.match();
      if (match == null) {
        continue;
      }
      if (doubtful.is(line)) {
        doubted.add(line);
      } else {
        sure.computeIfAbsent(match.by().draft, draft -> new HashSet<>()).add(match.by().hunk);
      }
    }
    for (AddedLine line : doubted) {
      AddedLine.Match match = line.match();
      if (match != null
          && !sure.getOrDefault(match.by().draft, Set.of()).contains(match.by().hunk)) {
        line.release();
      }
    }
  }

  private boolean is(AddedLine line) {
    AddedLine.Match match = line.match();
    if (match == null || !SignedText.is(match.by().text)) {
      return false;
    }
    if (!SignedText.known(match.by().text)) {
      return true;
    }
    int added = line.letters.length();
    int written = match.by().letters.length();
    long distance = Math.round(match.difference() * Math.max(added, written));
    return match.strategy() == Strategy.SIMILAR
        && distance >= LineDistance.allowed(added, written, thresholds.similarPercent());
  }
}
