package dev.assay.receiver.forward;

import java.util.Locale;

/** Why a request was not passed on. */
enum Drop {
  /** The queue had no room for it, or it had to go for a later one. */
  QUEUE_FULL,
  /** The endpoint does not want it, now or ever. */
  REFUSED,
  /** It was tried for as long as is allowed, or trying again is switched off. */
  GIVEN_UP,
  /** The server ended before it could be sent. */
  STOPPED,
  /** A fault of ours. */
  FAULT;

  /** As the counters show it, for instance {@code queue-full}. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
