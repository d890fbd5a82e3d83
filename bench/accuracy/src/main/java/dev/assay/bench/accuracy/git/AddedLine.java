package dev.assay.bench.accuracy.git;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line that git's diff calls added or removed.
 *
 * @param path of the file after the change
 * @param number 1-based, in the file after the change; 0 for a removed line
 * @param text without its line break
 * @param removed whether the change removes it
 */
public record AddedLine(String path, int number, String text, boolean removed) {
  private static final Pattern HUNK =
      Pattern.compile("@@ -\\d+(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@.*");

  /** The lines that differ between two revisions, renames detected. */
  public static List<AddedLine> between(Git git, String from, String to) {
    List<AddedLine> out = new ArrayList<>();
    @Nullable String path = null;
    int oldLeft = 0;
    int newLeft = 0;
    int number = 0;
    for (String row :
        git.run("diff", "-M", "--no-color", "--no-ext-diff", from, to).split("\n", -1)) {
      if (oldLeft > 0 || newLeft > 0) {
        char sign = row.isEmpty() ? ' ' : row.charAt(0);
        String text = row.isEmpty() ? "" : row.substring(1);
        text = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        if (sign == '+' || sign == '-') {
          out.add(
              new AddedLine(path == null ? "" : path, sign == '+' ? number : 0, text, sign == '-'));
        }
        if (sign == '+' || sign == ' ') {
          number++;
          newLeft--;
        }
        if (sign == '-' || sign == ' ') {
          oldLeft--;
        }
        continue;
      }
      Matcher hunk = HUNK.matcher(row);
      if (row.startsWith("+++ b/")) {
        path = row.substring(6).replaceAll("\t$", "");
      } else if (row.startsWith("diff --git ")) {
        path = null;
      } else if (hunk.matches()) {
        oldLeft = count(hunk.group(1));
        number = Integer.parseInt(hunk.group(2));
        newLeft = count(hunk.group(3));
      }
    }
    return out;
  }

  private static int count(@Nullable String group) {
    return group == null ? 1 : Integer.parseInt(group);
  }
}
