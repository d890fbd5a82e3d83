package dev.assay.web.guard;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Browsers that showed a token. They are forgotten when the server ends, and a session ends with
 * its token.
 */
final class Sessions {
  /** A working day. */
  static final long LIMIT_SECONDS = TimeUnit.HOURS.toSeconds(12);

  /** More than these, and the oldest is forgotten. */
  static final int LIMIT = 10_000;

  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final LongSupplier nanos;
  private final Map<String, Session> sessions =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > LIMIT;
        }
      };

  Sessions(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** The secret of a new session. */
  synchronized String begin(String tokenId) {
    byte[] random = new byte[BYTES];
    RANDOM.nextBytes(random);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    sessions.put(secret, new Session(tokenId, nanos.getAsLong()));
    return secret;
  }

  /** The token of a session that goes on; null for any other. */
  synchronized @Nullable String tokenOf(@Nullable String secret) {
    Session session = secret == null ? null : sessions.get(secret);
    if (session == null) {
      return null;
    }
    if (nanos.getAsLong() - session.begunNanos > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
      sessions.remove(secret);
      return null;
    }
    return session.tokenId;
  }

  synchronized void end(@Nullable String secret) {
    if (secret != null) {
      sessions.remove(secret);
    }
  }

  private record Session(String tokenId, long begunNanos) {}
}
