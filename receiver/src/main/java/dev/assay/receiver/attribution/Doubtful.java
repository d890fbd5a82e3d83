package dev.assay.receiver.attribution;

import dev.assay.proto.line.LineDistance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Signed lines of which the signature does not tell enough: those known by their length alone, and
 * similar ones that differ by as much as a similar line may, for one more character may have become
 * another one of the same letter unseen. They count only where a sure distinctive line of their
 * hunk does. docs/attribution.md, rule N6.
 */
final class Doubtful {
  private final Thresholds thresholds;

  private Doubtful(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  /** Takes back hunks that rest on what is doubtful; call after every strategy. */
  static void release(ChangedFile file, Thresholds thresholds) {
    Doubtful doubtful = new Doubtful(thresholds);
    Map<Draft, Map<Integer, List<AddedLine>>> hunks = new LinkedHashMap<>();
    for (AddedLine line : file.lines) {
      AddedLine.Match match = line.match();
      if (match != null && SignedText.is(match.by().text)) {
        hunks
            .computeIfAbsent(match.by().draft, draft -> new LinkedHashMap<>())
            .computeIfAbsent(match.by().hunk, hunk -> new ArrayList<>())
            .add(line);
      }
    }
    for (Map<Integer, List<AddedLine>> ofDraft : hunks.values()) {
      for (List<AddedLine> hunk : ofDraft.values()) {
        if (hunk.stream().anyMatch(doubtful::is)
            && hunk.stream().noneMatch(line -> !doubtful.is(line) && file.distinctive(line.text))) {
          hunk.forEach(AddedLine::release); // the others counted only beside the doubtful ones
        }
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
