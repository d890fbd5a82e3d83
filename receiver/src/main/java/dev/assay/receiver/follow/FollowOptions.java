package dev.assay.receiver.follow;

import dev.assay.proto.signature.Keyring;
import dev.assay.receiver.attribution.Limits;
import java.time.Duration;

/**
 * How repositories are followed.
 *
 * @param poll how often references are compared
 * @param recheckEdits how often the store is asked for new edits
 * @param retryUndecided when a change that could not be decided is tried again at the latest
 * @param finalAfter how long after its window closed a verdict stays provisional
 * @param lineRetention how long the store keeps lines
 * @param keyring opens lines of content mode {@code signature}
 * @param limits told where a judgement leaves something out
 */
public record FollowOptions(
    Duration poll,
    Duration recheckEdits,
    Duration retryUndecided,
    Duration finalAfter,
    Duration lineRetention,
    Keyring keyring,
    Limits limits) {
  /** As documented: new merges within three seconds, new edits within five. */
  public static FollowOptions standard() {
    return new FollowOptions(
        Duration.ofSeconds(3),
        Duration.ofSeconds(5),
        Duration.ofMinutes(10),
        Duration.ofDays(14),
        Duration.ofDays(120),
        Keyring.empty(),
        Limits.standard());
  }

  /** The same, with keys. */
  public FollowOptions withKeyring(Keyring keys) {
    return new FollowOptions(
        poll, recheckEdits, retryUndecided, finalAfter, lineRetention, keys, limits);
  }

  /** The same, with another retention. */
  public FollowOptions withLineRetention(Duration retention) {
    return new FollowOptions(
        poll, recheckEdits, retryUndecided, finalAfter, retention, keyring, limits);
  }

  /** The same, with limits that tell somebody. */
  public FollowOptions withLimits(Limits telling) {
    return new FollowOptions(
        poll, recheckEdits, retryUndecided, finalAfter, lineRetention, keyring, telling);
  }
}
