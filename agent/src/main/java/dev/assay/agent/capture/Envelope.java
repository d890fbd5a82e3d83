package dev.assay.agent.capture;

import org.jspecify.annotations.Nullable;

/**
 * What most records of a transcript have in common.
 *
 * @param sessionId the session that the record names; the file's own where it names none
 * @param timeUnixNanos when it was written; 0 where the record has no time
 * @param cwd the folder that Claude Code worked in
 * @param branch git's branch, as Claude Code saw it
 * @param version Claude Code's version
 * @param entrypoint for instance {@code cli}, {@code sdk-cli}
 * @param uuid the record's own id; a copy in a forked session keeps it
 * @param sidechain whether it stands in a subagent's file or a side question
 * @param copied whether the record was copied from another session when this one was forked
 */
public record Envelope(
    String sessionId,
    long timeUnixNanos,
    @Nullable String cwd,
    @Nullable String branch,
    @Nullable String version,
    @Nullable String entrypoint,
    @Nullable String uuid,
    boolean sidechain,
    boolean copied) {}
