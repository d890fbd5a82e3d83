package dev.assay.receiver.attribution;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a change does to the tree: git's own diff against its base, renames detected.
 *
 * @param files in the diff's order
 */
public record ChangeDiff(List<FileDiff> files) {
  public ChangeDiff {
    files = List.copyOf(files);
  }

  /**
   * One file of a diff.
   *
   * @param path after the change; for a deleted file, before it
   * @param oldPath before the change where it was renamed or copied, else null
   * @param binary whether git gives no lines for it; submodules and symbolic links are given as
   *     binary too
   * @param firstLines the first ten lines of the file after the change, where markers of generated
   *     code are looked for
   * @param added in the order of the file
   * @param removed in the order of the file
   */
  public record FileDiff(
      String path,
      @Nullable String oldPath,
      boolean binary,
      List<String> firstLines,
      List<DiffLine> added,
      List<DiffLine> removed) {
    public FileDiff {
      firstLines = List.copyOf(firstLines);
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }
  }

  /**
   * A line of a diff.
   *
   * @param number 1-based, in the file after the change for added lines, before it for removed ones
   * @param text raw, without its line break (neither LF nor CRLF)
   */
  public record DiffLine(int number, String text) {}
}
