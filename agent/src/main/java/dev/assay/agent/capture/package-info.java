/**
 * Finds Claude Code's transcripts, reads on from where it was, and turns lines into {@link
 * dev.assay.agent.capture.TranscriptRecord}s. What a line says is not judged here.
 */
@NullMarked
package dev.assay.agent.capture;

import org.jspecify.annotations.NullMarked;
