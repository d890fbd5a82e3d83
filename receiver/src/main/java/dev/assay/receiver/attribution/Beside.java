package dev.assay.receiver.attribution;

import dev.assay.proto.line.LineDistance;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Short and common lines prove nothing alone. They count where they stand beside an attributed line
 * of the same edit, in the edit as in the change, and so on from line to line. docs/attribution.md,
 * rule C2.
 */
final class Beside {
  /** How far the distance may differ between edit and change: people insert and delete lines. */
  static final int SLACK = 2;

  private final ChangedFile file;
  private final Thresholds thresholds;
  private final Deque<AddedLine> anchors = new ArrayDeque<>();

  Beside(ChangedFile file, Thresholds thresholds) {
    this.file = file;
    this.thresholds = thresholds;
  }

  /** Goes on from every line of the file that is attributed by now. */
  void take(boolean similarToo) {
    file.lines.stream().filter(line -> line.match() != null).forEach(anchors::addLast);
    for (AddedLine at = anchors.pollFirst(); at != null; at = anchors.pollFirst()) {
      AddedLine.Match match = at.match();
      if (match != null) {
        for (int step = 1; step <= thresholds.besideLines(); step++) {
          look(at, match.by(), step, similarToo);
          look(at, match.by(), -step, similarToo);
        }
      }
    }
  }

  private void look(AddedLine anchor, WrittenLine by, int step, boolean similarToo) {
    WrittenLine written = by.draft.at(by.position() + step);
    if (written == null || !written.free()) {
      return;
    }
    int direction = Integer.signum(step);
    for (int slack = 0; slack <= 2 * SLACK; slack++) {
      // 0, 1, -1, 2, -2: the nearest first
      int shift = (slack + 1) / 2 * (slack % 2 == 0 ? -1 : 1);
      int offset = step + shift;
      if (offset * direction > 0) {
        AddedLine added = file.at(anchor.number + offset);
        if (added != null && added.free() && added.text.equals(written.text)) {
          take(new Pair(added, written, Strategy.EXACT, 0, 0));
          return;
        }
      }
    }
    if (similarToo) {
      Pair pair = similar(file.at(anchor.number + step), written);
      if (pair != null) {
        take(pair);
      }
    }
  }

  private @Nullable Pair similar(@Nullable AddedLine added, WrittenLine written) {
    if (added == null || !added.free() || written.replaces(added.text)) {
      return null;
    }
    LineDistance line = added.distance();
    LineDistance other = written.distance();
    int distance = line.within(other, thresholds.similarPercent());
    int longer = Math.max(line.length(), other.length());
    return distance < 0
        ? null
        : new Pair(added, written, Strategy.SIMILAR, (double) distance / longer, 0);
  }

  private void take(Pair pair) {
    pair.take();
    anchors.addLast(pair.added());
  }
}
