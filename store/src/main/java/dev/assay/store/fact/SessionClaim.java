package dev.assay.store.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session's claim to a tool use or a response. Forked and resumed sessions carry copies of
 * another's history, so one tool use may stand in several: it belongs to the session that Claude
 * Code's own telemetry names, else to the one whose first own record is oldest, else to the
 * smallest id.
 *
 * @param sessionId Claude Code's session id
 * @param startedAt time of the session's first own record; null where the source does not tell
 */
public record SessionClaim(String sessionId, @Nullable Instant startedAt) {}
