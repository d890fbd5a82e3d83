package dev.assay.receiver.follow;

import dev.assay.proto.signature.Keyring;
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
 */
public record FollowOptions(
    Duration poll,
    Duration recheckEdits,
    Duration retryUndecided,
    Duration finalAfter,
    Duration lineRetention,
    Keyring keyring) {
  /** As documented: new merges within three seconds, new edits within five. */
  public static FollowOptions standard() {
    return new FollowOptions(
        Duration.ofSeconds(3),
        Duration.ofSeconds(5),
        Duration.ofMinutes(10),
        Duration.ofDays(14),
        Duration.ofDays(120),
        Keyring.empty());
  }

  /** The same, with keys. */
  public FollowOptions withKeyring(Keyring keys) {
    return new FollowOptions(poll, recheckEdits, retryUndecided, finalAfter, lineRetention, keys);
  }

  /** The same, with another retention. */
  public FollowOptions withLineRetention(Duration retention) {
    return new FollowOptions(poll, recheckEdits, retryUndecided, finalAfter, retention, keyring);
  }
}
