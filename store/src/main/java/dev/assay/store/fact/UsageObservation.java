package dev.assay.store.fact;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one response of the model's API. Two observations that share the request id or the
 * message id speak of the same response; the larger token total wins. At least one of the two ids
 * is set.
 *
 * @param messageId the response's {@code message.id}
 * @param requestId the {@code request-id} header
 * @param costUsd what the source itself says that it cost; null where it says nothing
 * @param estimatedCostUsd from the price table; null for a model that the table does not know
 * @param speed {@code fast}, or null
 * @param querySource Claude Code's own word ({@code sdk}, {@code repl_main_thread}, a subagent's
 *     name ...)
 * @param sidechain whether it stands in a subagent's file or a side question
 */
public record UsageObservation(
    Source source,
    Instant time,
    @Nullable String messageId,
    @Nullable String requestId,
    SessionClaim session,
    String model,
    long inputTokens,
    long outputTokens,
    long cacheReadTokens,
    long cacheCreationTokens,
    @Nullable BigDecimal costUsd,
    @Nullable BigDecimal estimatedCostUsd,
    @Nullable String speed,
    @Nullable String querySource,
    boolean sidechain)
    implements Observation {

  /** All four kinds together. */
  public long totalTokens() {
    return inputTokens + outputTokens + cacheReadTokens + cacheCreationTokens;
  }
}
