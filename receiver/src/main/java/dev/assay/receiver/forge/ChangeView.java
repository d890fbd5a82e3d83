package dev.assay.receiver.forge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change as a person reads it: its files with their hunks, context included.
 *
 * @param files in the diff's order
 * @param truncated whether lines were left out, for there are more than was asked for
 */
public record ChangeView(List<FileView> files, boolean truncated) {
  public ChangeView {
    files = List.copyOf(files);
  }

  /**
   * One file.
   *
   * @param path after the change; for a deleted file, before it
   * @param oldPath before the change where it was renamed or copied, else null
   * @param status what became of it
   * @param binary whether there are no lines to show: binary, a submodule, a symbolic link
   * @param truncated whether hunks or lines of this file were left out
   */
  public record FileView(
      String path,
      @Nullable String oldPath,
      Status status,
      boolean binary,
      List<Hunk> hunks,
      boolean truncated) {
    public FileView {
      hunks = List.copyOf(hunks);
    }
  }

  /** What became of a file. */
  public enum Status {
    ADDED,
    DELETED,
    MODIFIED,
    RENAMED,
    COPIED
  }

  /** Lines that stand together. */
  public record Hunk(List<Line> lines) {
    public Hunk {
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
  public record Line(int oldNumber, int newNumber, String text) {
    /** Whether the change added it. */
    public boolean added() {
      return oldNumber == 0;
    }

    /** Whether the change removed it. */
    public boolean removed() {
      return newNumber == 0;
    }
  }
}
