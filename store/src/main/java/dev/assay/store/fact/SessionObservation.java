package dev.assay.store.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session of Claude Code. Key: {@code sessionId}.
 *
 * @param time when the session was seen alive; the fact keeps the first and the last
 * @param identity who works in it, as far as this source tells
 * @param terminalType for instance {@code vscode}, {@code xterm-256color}
 * @param entrypoint for instance {@code cli}, {@code sdk-cli}
 * @param accountKind {@code api} or {@code subscription}
 * @param remote whether it ran on the web
 * @param clientVersion Claude Code's version
 * @param host name of the machine, where an agent tells
 * @param ownRecord whether the session did something of its own (a start of the agents view did
 *     not)
 */
public record SessionObservation(
    Source source,
    Instant time,
    String sessionId,
    Identity identity,
    @Nullable String terminalType,
    @Nullable String entrypoint,
    @Nullable String accountKind,
    @Nullable Boolean remote,
    @Nullable String clientVersion,
    @Nullable String host,
    boolean ownRecord)
    implements Observation {}
