package dev.assay.store.fact;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the person behind a session. The user's name is the best of these, in this
 * order: {@code email}, {@code accountId}, {@code apiKeyName}, {@code gitEmail}, {@code endUserId},
 * {@code installId}.
 *
 * @param email {@code user.email} of Claude Code's telemetry
 * @param accountId {@code user.account_id} or {@code user.account_uuid}
 * @param apiKeyName name of an API key
 * @param gitEmail {@code user.email} of git in the session's checkout
 * @param endUserId {@code enduser.id} from the resource attributes
 * @param installId {@code user.id}: random, one for each installation
 */
public record Identity(
    @Nullable String email,
    @Nullable String accountId,
    @Nullable String apiKeyName,
    @Nullable String gitEmail,
    @Nullable String endUserId,
    @Nullable String installId) {
  /** Nothing is known. */
  public static final Identity UNKNOWN = new Identity(null, null, null, null, null, null);
}
