package dev.assay.agent.observe;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.assay.agent.capture.ToolOutput.EditOutput;
import dev.assay.agent.capture.ToolOutput.NotebookCell;
import dev.assay.agent.capture.ToolOutput.PatchHunk;
import dev.assay.agent.observe.Observation.EditHunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines that an edit put there and took away: the {@code +} and {@code -} lines of its patch;
 * all lines of a new file, where the line break at its end is no line of its own; of a notebook's
 * cell the difference of its old and new source. Unchanged context never counts.
 */
final class Hunks {
  private Hunks() {}

  static List<EditHunk> of(EditOutput edit) {
    if (edit.notebook() != null) {
      return ofCell(edit.notebook());
    }
    if (edit.newFile() && edit.content() != null) {
      return whole(edit.content(), 1);
    }
    List<EditHunk> hunks = new ArrayList<>();
    for (PatchHunk hunk : edit.patch()) {
      split(hunk, hunks);
    }
    return hunks;
  }

  /**
   * Of an edit that a person changed before accepting it: only the added lines that Claude had
   * proposed too.
   *
   * @param proposed the lines of the proposal
   */
  static List<EditHunk> inBoth(List<EditHunk> applied, List<String> proposed) {
    Map<String, Integer> left = new HashMap<>();
    proposed.forEach(line -> left.merge(line, 1, Integer::sum));
    List<EditHunk> kept = new ArrayList<>();
    for (EditHunk hunk : applied) {
      List<String> added = new ArrayList<>();
      for (String line : hunk.added()) {
        if (left.getOrDefault(line, 0) > 0) {
          left.merge(line, -1, Integer::sum);
          added.add(line);
        }
      }
      if (!added.isEmpty() || !hunk.removed().isEmpty()) {
        kept.add(new EditHunk(hunk.newStart(), added, hunk.removed()));
      }
    }
    return kept;
  }

  /** The lines of a text; the line break at its end is no line of its own. */
  static List<String> lines(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    String[] parts = text.split("\n", -1);
    int count = parts[parts.length - 1].isEmpty() ? parts.length - 1 : parts.length;
    List<String> lines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      lines.add(withoutReturn(parts[i]));
    }
    return lines;
  }

  private static List<EditHunk> whole(String text, int newStart) {
    List<String> added = lines(text);
    return added.isEmpty() ? List.of() : List.of(new EditHunk(newStart, added, List.of()));
  }

  private static void split(PatchHunk hunk, List<EditHunk> out) {
    int line = hunk.newStart();
    int start = line;
    List<String> added = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    for (String text : hunk.lines()) {
      char prefix = text.isEmpty() ? ' ' : text.charAt(0);
      switch (prefix) {
        case '+' -> {
          added.add(withoutReturn(text.substring(1)));
          line++;
        }
        case '-' -> removed.add(withoutReturn(text.substring(1)));
        case '\\' -> {}
        default -> {
          flush(start, added, removed, out);
          line++;
          start = line;
          added = new ArrayList<>();
          removed = new ArrayList<>();
        }
      }
    }
    flush(start, added, removed, out);
  }

  private static void flush(
      int start, List<String> added, List<String> removed, List<EditHunk> out) {
    if (!added.isEmpty() || !removed.isEmpty()) {
      out.add(new EditHunk(start, added, removed));
    }
  }

  private static List<EditHunk> ofCell(NotebookCell cell) {
    List<String> before = cell.oldSource() == null ? List.of() : lines(cell.oldSource());
    List<String> after = lines(cell.newSource());
    switch (cell.mode()) {
      case "insert" -> before = List.of();
      case "delete" -> after = List.of();
      default -> {
        if (cell.oldSource() == null) {
          return List.of(); // which of its lines are new cannot be told
        }
      }
    }
    List<EditHunk> hunks = new ArrayList<>();
    for (AbstractDelta<String> delta : DiffUtils.diff(before, after).getDeltas()) {
      hunks.add(new EditHunk(0, delta.getTarget().getLines(), delta.getSource().getLines()));
    }
    return hunks;
  }

  private static String withoutReturn(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }
}
