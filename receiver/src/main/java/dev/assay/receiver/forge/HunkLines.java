package dev.assay.receiver.forge;

import dev.assay.receiver.forge.Patch.Hunk;
import dev.assay.receiver.forge.Patch.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One hunk of a patch, numbered while it is read. */
final class HunkLines {
  private static final Pattern HEADER =
      Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@.*", Pattern.DOTALL);

  private final List<Line> lines = new ArrayList<>();
  private final String header;
  private int oldNumber;
  private int newNumber;
  private int oldLeft;
  private int newLeft;
  private int changed;

  HunkLines(String header) throws GitException {
    Matcher numbers = HEADER.matcher(header);
    if (!numbers.matches()) {
      throw new GitException("git's diff has an unknown hunk: " + header);
    }
    this.header = header;
    try {
      oldNumber = Integer.parseInt(numbers.group(1));
      oldLeft = numbers.group(2) == null ? 1 : Integer.parseInt(numbers.group(2));
      newNumber = Integer.parseInt(numbers.group(3));
      newLeft = numbers.group(4) == null ? 1 : Integer.parseInt(numbers.group(4));
    } catch (NumberFormatException e) {
      throw new GitException("git's diff has a hunk beyond all numbers: " + header, e);
    }
    check(oldNumber, oldLeft);
    check(newNumber, newLeft);
  }

  /** Lines are numbered from 1; a side without lines stands behind any line, or at 0. */
  private void check(int number, int left) throws GitException {
    if ((number == 0 && left > 0) || number > Integer.MAX_VALUE - left) {
      throw new GitException("git's diff has a hunk of lines that cannot be: " + header);
    }
  }

  /** Takes a line of the patch; false where it belongs to the hunk no more. */
  boolean take(String line) {
    char mark = line.isEmpty() ? ' ' : line.charAt(0);
    if (mark == '\\') {
      return true; // "\ No newline at end of file": the line before it ends the file
    }
    if (oldLeft == 0 && newLeft == 0) {
      return false;
    }
    int start = line.isEmpty() ? 0 : 1;
    int end = line.endsWith("\r") ? line.length() - 1 : line.length();
    String text = line.substring(start, Math.max(start, end));
    switch (mark) {
      case '+' -> {
        lines.add(new Line(0, newNumber++, text));
        newLeft--;
        changed++;
      }
      case '-' -> {
        lines.add(new Line(oldNumber++, 0, text));
        oldLeft--;
        changed++;
      }
      case ' ' -> {
        lines.add(new Line(oldNumber++, newNumber++, text));
        oldLeft--;
        newLeft--;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  int changed() {
    return changed;
  }

  Hunk done() throws GitException {
    if (oldLeft != 0 || newLeft != 0) {
      throw new GitException("git's diff broke off in the hunk " + header);
    }
    return new Hunk(lines);
  }
}
