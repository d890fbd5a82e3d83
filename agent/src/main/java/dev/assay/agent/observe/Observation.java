package dev.assay.agent.observe;

import dev.assay.agent.capture.TranscriptRecord.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a transcript or a hook says, once. Paths are still the machine's own. */
public sealed interface Observation {

  /** Where and when. */
  Context context();

  /**
   * Where and when something happened.
   *
   * @param sessionId Claude Code's session
   * @param sessionStartedUnixNanos when the session's own file began; 0 where that is not known
   * @param timeUnixNanos when it happened
   * @param cwd the folder that Claude Code worked in
   * @param branch git's branch there
   * @param sidechain whether a subagent or a side question did it
   * @param hook whether a hook tells it, not a transcript
   */
  record Context(
      String sessionId,
      long sessionStartedUnixNanos,
      long timeUnixNanos,
      @Nullable String cwd,
      @Nullable String branch,
      boolean sidechain,
      boolean hook) {}

  /** The session was alive. */
  record SessionSeen(Context context, @Nullable String version, @Nullable String entrypoint)
      implements Observation {}

  /**
   * What became of a proposed edit.
   *
   * @param source Claude Code's own word for who decided; null where it does not tell
   */
  record Decision(
      Context context,
      String toolUseId,
      String tool,
      Outcome outcome,
      @Nullable String source,
      String language)
      implements Observation {}

  /** The ends of a proposal that are decisions. */
  enum Outcome {
    ACCEPTED,
    /** A person refused. */
    REJECTED,
    /** A rule, a hook, auto mode, or the lack of anyone to ask. */
    BLOCKED
  }

  /**
   * An edit that was applied.
   *
   * @param path the file; native separators
   * @param linesAdded raw lines that were put there, blank ones included
   * @param linesRemoved raw lines that were taken away
   * @param userModified whether a person changed the proposal; the lines are then only those that
   *     Claude proposed too
   */
  record AppliedEdit(
      Context context,
      String toolUseId,
      String tool,
      String path,
      List<EditHunk> hunks,
      int linesAdded,
      int linesRemoved,
      boolean userModified,
      String language)
      implements Observation {

    static AppliedEdit of(
        Context context,
        String toolUseId,
        String tool,
        String path,
        List<EditHunk> hunks,
        boolean userModified,
        String language) {
      int added = hunks.stream().mapToInt(hunk -> hunk.added().size()).sum();
      int removed = hunks.stream().mapToInt(hunk -> hunk.removed().size()).sum();
      return new AppliedEdit(
          context, toolUseId, tool, path, hunks, added, removed, userModified, language);
    }

    /** The same edit with its counts alone. */
    public AppliedEdit withoutText() {
      return new AppliedEdit(
          context,
          toolUseId,
          tool,
          path,
          List.of(),
          linesAdded,
          linesRemoved,
          userModified,
          language);
    }
  }

  /**
   * A run of a patch without unchanged lines in between.
   *
   * @param newStart 1-based line in the file after the edit; 0 where that is not known
   */
  record EditHunk(int newStart, List<String> added, List<String> removed) {}

  /** The tokens of one response. At least one of the ids is there. */
  record Usage(
      Context context,
      @Nullable String messageId,
      @Nullable String requestId,
      String model,
      TokenUsage tokens)
      implements Observation {}

  /** Git was used through Claude Code. */
  record GitOperation(
      Context context,
      String toolUseId,
      Kind kind,
      @Nullable String branch,
      @Nullable String revision,
      @Nullable String pullRequestUrl)
      implements Observation {
    /** The operations that count. */
    public enum Kind {
      COMMIT,
      PUSH,
      PULL_REQUEST
    }
  }

  /**
   * The session's folder belongs to the repository of this pull request. Never leaves the agent.
   */
  record RepositoryNamed(Context context, String pullRequestUrl) implements Observation {}
}
