package dev.assay.agent.capture;

import dev.assay.agent.capture.ToolOutput.EditOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of a transcript, as far as Assay needs it. All other lines are skipped unread. */
public sealed interface TranscriptRecord {

  /** What it has in common with the others. */
  Envelope envelope();

  /**
   * One content block of a response of the model's API; a response has one such record for each
   * block, all with the same ids.
   *
   * @param usage null where the record has none
   */
  record Response(
      Envelope envelope,
      @Nullable String messageId,
      @Nullable String requestId,
      @Nullable String model,
      @Nullable TokenUsage usage,
      List<ToolUse> toolUses)
      implements TranscriptRecord {}

  /**
   * What came back from a tool.
   *
   * @param toolUseId the call that it answers
   * @param error whether the tool or its permission failed
   * @param errorText the beginning of what the model was told, where {@code error}; else null
   * @param output what the tool says of itself, where it is of use; null where it is not, or where
   *     it is plain text
   * @param denialKind {@code toolDenialKind}: {@code user-rejected}, {@code permission-rule} ...
   * @param deniedBeforeRun {@code toolDenialBeforeRun}; null where the client does not tell
   * @param permissionDecision {@code accept} or {@code reject}, of new clients
   * @param permissionSource {@code config}, {@code user_temporary} ..., of new clients
   */
  record ToolResult(
      Envelope envelope,
      String toolUseId,
      boolean error,
      @Nullable String errorText,
      @Nullable ToolOutput output,
      @Nullable String denialKind,
      @Nullable Boolean deniedBeforeRun,
      @Nullable String permissionDecision,
      @Nullable String permissionSource)
      implements TranscriptRecord {

    /** The edit that the result describes, or null. */
    public @Nullable EditOutput edit() {
      return output instanceof EditOutput edit ? edit : null;
    }
  }

  /**
   * The session made or opened a pull request.
   *
   * @param url its page
   */
  record PullRequestLink(Envelope envelope, String url) implements TranscriptRecord {}

  /** Any other record whose envelope was asked for. */
  record Other(Envelope envelope) implements TranscriptRecord {}

  /**
   * The model asks for a tool.
   *
   * @param path {@code file_path} or {@code notebook_path} of its input
   */
  record ToolUse(String id, String name, @Nullable String path) {}

  /**
   * The tokens of a response. Absent and null counts are 0.
   *
   * @param cacheCreation all tokens written to the cache; where the client reports 0 in spite of
   *     its own split, the sum of the split
   * @param speed {@code fast}, {@code standard}, or null
   * @param inferenceGeo where it ran, if the client tells; {@code us} costs more
   * @param costUsd what an old client says that it cost, else null
   */
  record TokenUsage(
      long input,
      long output,
      long cacheRead,
      long cacheCreation,
      long cacheCreation5m,
      long cacheCreation1h,
      long webSearchRequests,
      @Nullable String speed,
      @Nullable String inferenceGeo,
      @Nullable Double costUsd) {}
}
