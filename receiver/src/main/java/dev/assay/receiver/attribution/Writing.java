package dev.assay.receiver.attribution;

import dev.assay.proto.line.NormalisedLine;
import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import dev.assay.store.fact.EditFact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A candidate edit, ready to be matched. */
final class Writing {
  /** Keeps hunks of unknown place apart from each other. */
  private static final int GAP = 1000;

  final EditFact fact;
  final String path;

  /** By position. */
  final List<WrittenLine> lines;

  /** Effective normalised lines that the edit removes and does not add, once for each time. */
  final List<String> removed;

  private Writing(EditFact fact, String path, EditLines editLines) {
    this.fact = fact;
    this.path = path;
    boolean decode = NotebookLine.inNotebook(path) && !fact.tool().equals("NotebookEdit");
    List<String> gone = new ArrayList<>();
    editLines.getHunksList().stream()
        .flatMap(hunk -> hunk.getRemovedList().stream())
        .forEach(line -> gone.add(normalised(line, decode).text()));
    Set<String> goneSet = new HashSet<>(gone);
    List<WrittenLine> all = new ArrayList<>();
    Set<String> addedSet = new HashSet<>();
    int next = 1;
    for (Hunk hunk : editLines.getHunksList()) {
      int position = hunk.getNewStart() > 0 ? Math.max(next, hunk.getNewStart()) : next + GAP;
      for (Line line : hunk.getAddedList()) {
        NormalisedLine normalised = normalised(line, decode);
        String text = normalised.text();
        boolean effective = normalised.effective();
        all.add(new WrittenLine(this, position++, text, effective, goneSet.contains(text)));
        addedSet.add(text);
      }
      next = position;
    }
    this.lines = List.copyOf(all);
    this.removed =
        gone.stream()
            .filter(text -> !addedSet.contains(text) && new NormalisedLine(text).effective())
            .toList();
  }

  /** Null where the edit has no path or no lines as text: then it cannot vouch. */
  static @Nullable Writing of(EditFact fact) {
    if (fact.path() == null || fact.lines() == null) {
      return null;
    }
    return new Writing(fact, fact.path(), fact.lines());
  }

  /** The line at this position; null where there is none. */
  @Nullable WrittenLine at(int position) {
    int low = 0;
    int high = lines.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int there = lines.get(middle).position;
      if (there == position) {
        return lines.get(middle);
      }
      if (there < position) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  private static NormalisedLine normalised(Line line, boolean decode) {
    String text = line.hasText() ? line.getText() : "";
    return NormalisedLine.of(decode ? NotebookLine.decoded(text) : text);
  }
}
