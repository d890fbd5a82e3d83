package dev.assay.receiver.attribution;

import dev.assay.proto.line.LineDistance;
import org.jspecify.annotations.Nullable;

/**
 * Signed lines of which the signature does not tell enough: those known by their length alone, and
 * similar ones that differ by as much as a similar line may, for one more character may have become
 * another one of the same letter unseen. They count only near a sure line of the same draft.
 * docs/attribution.md, rule N6.
 */
final class Doubtful {
  private final ChangedFile file;
  private final Thresholds thresholds;

  private Doubtful(ChangedFile file, Thresholds thresholds) {
    this.file = file;
    this.thresholds = thresholds;
  }

  /** Takes back what stands alone; call after every strategy. */
  static void release(ChangedFile file, Thresholds thresholds) {
    Doubtful doubtful = new Doubtful(file, thresholds);
    file.lines.stream()
        .filter(line -> doubtful.is(line) && !doubtful.nearASureOne(line))
        .toList()
        .forEach(AddedLine::release);
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

  private boolean nearASureOne(AddedLine line) {
    AddedLine.Match match = line.match();
    for (int step = 1; step <= thresholds.besideLines(); step++) {
      if (sure(match, file.at(line.number + step), step)
          || sure(match, file.at(line.number - step), -step)) {
        return true;
      }
    }
    return false;
  }

  /** Whether another line is by the same draft, sure, and as far away there as in the change. */
  private boolean sure(AddedLine.@Nullable Match match, @Nullable AddedLine other, int away) {
    AddedLine.Match by = other == null ? null : other.match();
    if (match == null || other == null || by == null || by.by().draft != match.by().draft) {
      return false;
    }
    int written = by.by().position() - match.by().position();
    return written * away > 0 && Math.abs(written - away) <= Beside.SLACK && !is(other);
  }
}
