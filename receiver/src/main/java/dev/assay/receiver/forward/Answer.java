package dev.assay.receiver.forward;

/** What an endpoint said to one attempt. */
sealed interface Answer {
  /**
   * It has it.
   *
   * @param rejected records that it did not take, and does not want again
   */
  record Taken(long rejected) implements Answer {}

  /**
   * Not now.
   *
   * @param why a word for counters: a status's name or number
   * @param delayMillis when it wants it again at the earliest; 0 where it does not say
   */
  record Later(String why, long delayMillis) implements Answer {}

  /**
   * Never.
   *
   * @param why a word for counters: a status's name or number
   */
  record Never(String why) implements Answer {}
}
