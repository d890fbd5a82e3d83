package dev.assay.bench.accuracy.transcript;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The hunks of an edit as the client writes them: three lines of context, and the marker for a
 * missing line break at the end.
 */
final class Patch {
  private static final int CONTEXT = 3;
  private static final String NO_NEWLINE = "\\ No newline at end of file";

  private Patch() {}

  /**
   * One hunk.
   *
   * @param lines with their signs
   */
  record Hunk(int oldStart, int oldLines, int newStart, int newLines, List<String> lines) {}

  static List<Hunk> between(String before, String after) {
    List<String> old = lines(before);
    List<String> now = lines(after);
    List<AbstractDelta<String>> deltas = DiffUtils.diff(old, now).getDeltas();
    List<Hunk> out = new ArrayList<>();
    int at = 0;
    while (at < deltas.size()) {
      int last = at;
      while (last + 1 < deltas.size()
          && start(deltas.get(last + 1)) - end(deltas.get(last)) <= 2 * CONTEXT) {
        last++;
      }
      out.add(hunk(old, deltas.subList(at, last + 1)));
      at = last + 1;
    }
    return out;
  }

  private static Hunk hunk(List<String> old, List<AbstractDelta<String>> deltas) {
    int from = Math.max(0, start(deltas.get(0)) - CONTEXT);
    int to = Math.min(old.size(), end(deltas.get(deltas.size() - 1)) + CONTEXT);
    int newFrom = deltas.get(0).getTarget().getPosition() - (start(deltas.get(0)) - from);
    List<String> lines = new ArrayList<>();
    int next = from;
    int added = 0;
    for (AbstractDelta<String> delta : deltas) {
      for (; next < start(delta); next++) {
        sign(lines, ' ', old.get(next));
      }
      for (; next < end(delta); next++) {
        sign(lines, '-', old.get(next));
      }
      for (String line : delta.getTarget().getLines()) {
        sign(lines, '+', line);
      }
      added += delta.getTarget().size() - delta.getSource().size();
    }
    for (; next < to; next++) {
      sign(lines, ' ', old.get(next));
    }
    return new Hunk(from + 1, to - from, newFrom + 1, to - from + added, lines);
  }

  /** Lines of which the last one, where its break is missing, is marked by a NUL at its end. */
  private static List<String> lines(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> out = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    int last = out.size() - 1;
    if (out.get(last).isEmpty()) {
      out.remove(last);
    } else {
      out.set(last, out.get(last) + '\0');
    }
    return out;
  }

  private static void sign(List<String> out, char sign, String line) {
    boolean marked = line.endsWith("\0");
    out.add(sign + (marked ? line.substring(0, line.length() - 1) : line));
    if (marked) {
      out.add(NO_NEWLINE);
    }
  }

  private static int start(AbstractDelta<String> delta) {
    return delta.getSource().getPosition();
  }

  private static int end(AbstractDelta<String> delta) {
    return delta.getSource().getPosition() + delta.getSource().size();
  }
}
