package dev.assay.agent.capture;

import org.jspecify.annotations.Nullable;

/**
 * An edit that was proposed and has no result yet. Where the proposal stands is kept, not the
 * proposal: it is read again in the rare case that it is needed.
 *
 * @param tool {@code Edit}, {@code Write} ...
 * @param path what it wants to edit
 * @param lineOffset where the line with the proposal begins in the transcript
 * @param lineBytes its length
 */
public record Pending(String tool, @Nullable String path, long lineOffset, int lineBytes) {}
