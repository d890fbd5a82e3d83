package dev.assay.receiver.forge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What git says of one file of a diff.
 *
 * @param created whether the file was not there before
 * @param oldId the blob before the change; null where there was no file
 * @param newMode as git writes it, {@code 000000} for a deleted file
 * @param newId the blob after the change
 * @param hunks of text; empty for what is no text
 */
record Patch(
    boolean created,
    @Nullable String oldId,
    String newMode,
    String newId,
    String path,
    @Nullable String oldPath,
    boolean binary,
    List<Hunk> hunks) {

  /** Whether git tracks a file's content under this mode: no symbolic link and no submodule. */
  static boolean isFile(String mode) {
    return mode.startsWith("100");
  }

  List<Line> added() {
    return pick(true);
  }

  List<Line> removed() {
    return pick(false);
  }

  private List<Line> pick(boolean added) {
    List<Line> out = new ArrayList<>();
    for (Hunk hunk : hunks) {
      for (Line line : hunk.lines()) {
        if (added ? line.added() : line.removed()) {
          out.add(line);
        }
      }
    }
    return out;
  }

  /** Lines of a file that stand together, unchanged ones between the changed ones. */
  record Hunk(List<Line> lines) {
    Hunk {
      lines = List.copyOf(lines);
    }
  }

  /**
   * A line of a hunk.
   *
   * @param oldNumber 1-based before the change; 0 for an added line
   * @param newNumber 1-based after the change; 0 for a removed line
   * @param text raw, without its line break
   */
  record Line(int oldNumber, int newNumber, String text) {
    boolean added() {
      return oldNumber == 0;
    }

    boolean removed() {
      return newNumber == 0;
    }
  }
}
