package dev.assay.web.interchange;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Line numbers as ranges: as few as there can be, in ascending order, each line once. */
final class LineRanges {
  private LineRanges() {}

  /**
   * A range of lines.
   *
   * @param first 1-based
   * @param last included
   */
  record Range(int first, int last) {
    @Override
    public String toString() {
      return first == last ? Integer.toString(first) : first + "-" + last;
    }
  }

  static List<Range> of(Collection<Integer> lines) {
    List<Range> out = new ArrayList<>();
    for (int line : new TreeSet<>(lines)) {
      Range before = out.isEmpty() ? null : out.get(out.size() - 1);
      if (before != null && before.last + 1 == line) {
        out.set(out.size() - 1, new Range(before.first, line));
      } else {
        out.add(new Range(line, line));
      }
    }
    return out;
  }

  /** {@code 1-4,9,12-13}. */
  static String text(Collection<Integer> lines) {
    return of(lines).stream().map(Range::toString).collect(Collectors.joining(","));
  }
}
