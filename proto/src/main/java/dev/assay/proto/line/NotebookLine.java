package dev.assay.proto.line;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Jupyter notebook is JSON, and its cells' source stands there as JSON strings: one a line, as
 * Jupyter saves it, or the whole source as one string, as Claude Code leaves it. Edits carry the
 * source itself. docs/attribution.md, rule N4.
 */
public final class NotebookLine {
  private static final String KEY = "\"source\"";

  private NotebookLine() {}

  /** Whether a file is a notebook. */
  public static boolean inNotebook(String path) {
    return path.endsWith(".ipynb");
  }

  /** Whether the lines of an edit may be JSON strings of a notebook's source. */
  public static boolean inEdit(String path, String tool) {
    return inNotebook(path) && !tool.equals("NotebookEdit");
  }

  /** The source of a line that is one JSON string (and a comma, perhaps); others as they are. */
  public static String decoded(String line) {
    String text = string(line);
    return text == null ? line : text;
  }

  /**
   * The effective lines of a cell whose whole source is one JSON string in this line, normalised;
   * none where the line is another one.
   */
  public static List<String> source(String line) {
    String rest = line.strip();
    if (!rest.startsWith(KEY)) {
      return List.of();
    }
    rest = rest.substring(KEY.length()).stripLeading();
    String text = rest.startsWith(":") ? string(rest.substring(1)) : null;
    return text == null
        ? List.of()
        : text.lines()
            .map(NormalisedLine::of)
            .filter(NormalisedLine::effective)
            .map(NormalisedLine::text)
            .toList();
  }

  private static @Nullable String string(String line) {
    String json = line.strip();
    if (json.endsWith(",")) {
      json = json.substring(0, json.length() - 1).stripTrailing();
    }
    if (json.length() < 2 || json.charAt(0) != '"' || json.charAt(json.length() - 1) != '"') {
      return null;
    }
    StringBuilder out = new StringBuilder(json.length());
    int end = json.length() - 1;
    int i = 1;
    while (i < end) {
      char c = json.charAt(i++);
      if (c == '"') {
        return null; // not one string but several, or a key and its value
      }
      if (c != '\\') {
        out.append(c);
        continue;
      }
      if (i == end) {
        return null;
      }
      char escaped = json.charAt(i++);
      switch (escaped) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case '"', '\\', '/' -> out.append(escaped);
        case 'u' -> {
          int unit = i + 4 <= end ? hex(json, i) : -1;
          if (unit < 0) {
            return null;
          }
          out.append((char) unit);
          i += 4;
        }
        default -> {
          return null;
        }
      }
    }
    return out.toString();
  }

  private static int hex(String json, int from) {
    int unit = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(json.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit * 16 + digit;
    }
    return unit;
  }
}
