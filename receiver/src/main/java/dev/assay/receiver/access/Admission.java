package dev.assay.receiver.access;

/** The answer to somebody who wants to come in. */
public sealed interface Admission {
  /** He may. */
  record Granted(TokenEntry token) implements Admission {}

  /** He shows no token, or one that nobody knows. */
  record Unknown() implements Admission {}

  /** His token is good, for something else. */
  record Forbidden(TokenEntry token) implements Admission {}

  /**
   * He comes too often.
   *
   * @param retryMillis when to come back
   */
  record TooOften(TokenEntry token, long retryMillis) implements Admission {}
}
