package dev.assay.store.fact;

import org.jspecify.annotations.Nullable;

/**
 * What attribution says of one added line, with its evidence.
 *
 * @param path of the file after the change
 * @param line 1-based, in the file after the change
 * @param effective whether the line counts at all, in numerator and denominator
 * @param assisted whether Claude Code wrote it
 * @param strategy by what it was recognised ({@code exact}, {@code moved}, {@code similar}, {@code
 *     reflowed}); null where not assisted
 * @param sessionId of the edit that vouches; null where not assisted
 * @param toolUseId of the edit that vouches; null where not assisted
 * @param difference share of the normalised line that differs, 0 to 0.2; 0 where not assisted
 * @param reason why it is not assisted; null where it is
 */
public record Verdict(
    String path,
    int line,
    boolean effective,
    boolean assisted,
    @Nullable String strategy,
    @Nullable String sessionId,
    @Nullable String toolUseId,
    double difference,
    @Nullable String reason) {}
