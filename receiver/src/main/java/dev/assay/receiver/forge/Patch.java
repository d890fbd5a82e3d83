package dev.assay.receiver.forge;

import dev.assay.receiver.forge.ChangeView.Hunk;
import dev.assay.receiver.forge.ChangeView.Line;
import dev.assay.receiver.forge.ChangeView.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What git says of one file of a diff.
 *
 * @param newMode as git writes it, {@code 000000} for a deleted file
 * @param newId the blob after the change
 * @param hunks of text; empty for what is no text
 */
record Patch(
    Status status,
    String oldMode,
    String newMode,
    String oldId,
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
}
