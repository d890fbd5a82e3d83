package dev.assay.agent.capture;

import dev.assay.agent.capture.ToolOutput.EditOutput;
import org.jspecify.annotations.Nullable;

/**
 * What a PostToolUse hook says of an edit that was applied. The transcript says the same a moment
 * later, and more.
 *
 * @param cwd the session's folder
 * @param tool {@code Edit}, {@code Write} ...
 */
public record HookRecord(
    String sessionId, @Nullable String cwd, String tool, String toolUseId, EditOutput edit) {}
