package dev.assay.agent.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code toolUseResult} of the tools that matter; also {@code tool_response} of a hook. Other
 * tools' output is never kept.
 */
public sealed interface ToolOutput {

  /**
   * Of Edit, Write, MultiEdit and NotebookEdit.
   *
   * @param path as the client wrote it: absolute, native separators, symbolic links not resolved
   * @param kind {@code create} or {@code update} of Write, else null
   * @param patch hunks with their context; empty for a new file
   * @param content of a new file; null where a patch tells the same
   * @param newFile whether nothing stood there before
   * @param userModified whether a person changed the proposal before accepting it
   * @param notebook the cell that was edited, else null
   */
  record EditOutput(
      String path,
      @Nullable String kind,
      List<PatchHunk> patch,
      @Nullable String content,
      boolean newFile,
      boolean userModified,
      @Nullable NotebookCell notebook)
      implements ToolOutput {}

  /**
   * A hunk of {@code structuredPatch}.
   *
   * @param newStart 1-based line, in the file after the edit, of its first line
   * @param lines with a prefix: blank, {@code +}, {@code -} or a backslash (no line break at the
   *     end)
   */
  record PatchHunk(int newStart, List<String> lines) {}

  /**
   * What NotebookEdit did to a cell.
   *
   * @param oldSource null where the client does not tell
   * @param mode {@code replace}, {@code insert} or {@code delete}
   * @param error not empty where it failed
   */
  record NotebookCell(
      String newSource, @Nullable String oldSource, String mode, @Nullable String error) {}

  /**
   * Of Bash: what git did.
   *
   * @param commit the new commit's id, shortened by the client
   * @param pushed whether a push was seen
   * @param branch of the commit or push
   * @param pullRequestUrl the page of a pull request
   * @param pullRequestAction {@code created}, {@code merged} ...
   */
  record GitOutput(
      @Nullable String commit,
      boolean pushed,
      @Nullable String branch,
      @Nullable String pullRequestUrl,
      @Nullable String pullRequestAction)
      implements ToolOutput {}
}
