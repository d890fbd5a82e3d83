package dev.assay.agent.capture;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a record stands, and what is remembered of its transcript.
 *
 * @param file the transcript
 * @param sessionId the session whose transcript it is
 * @param own whether it is the session's own file, not a subagent's
 * @param place what is remembered of it
 * @param lineOffset where the record's line begins
 * @param lineBytes its length
 * @param starts when each session that was read so far began, in Unix nanoseconds
 */
public record Origin(
    Path file,
    String sessionId,
    boolean own,
    Place place,
    long lineOffset,
    int lineBytes,
    Map<String, Long> starts) {}
