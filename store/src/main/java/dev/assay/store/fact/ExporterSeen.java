package dev.assay.store.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something exported to this receiver. Key: {@code serviceName} and {@code instanceId}; the fact
 * keeps the latest.
 *
 * @param time when it was heard, by the receiver's clock
 * @param serviceName {@code assay-agent}, {@code claude-code} ...
 * @param instanceId {@code service.instance.id} of an agent; for Claude Code itself {@code user.id}
 * @param clockSkewMillis the receiver's clock less the newest record's, at that time
 */
public record ExporterSeen(
    Source source,
    Instant time,
    String serviceName,
    String instanceId,
    @Nullable String version,
    @Nullable String host,
    long clockSkewMillis)
    implements Observation {}
