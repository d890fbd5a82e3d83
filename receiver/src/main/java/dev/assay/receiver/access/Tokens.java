package dev.assay.receiver.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bearer tokens that may come in. The file is looked at again at most once a second while
 * somebody asks: a token that is made or revoked counts without a restart. While it is damaged,
 * what it said last holds.
 */
public final class Tokens {
  private static final Logger log = LoggerFactory.getLogger(Tokens.class);
  private static final long LOOK_NANOS = 1_000_000_000L;
  private static final String SCHEME = "bearer ";

  /** Longer than any token of ours; what is longer is not hashed. */
  private static final int LIMIT_CHARACTERS = 512;

  private final Path file;
  private final RateLimit limit;
  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
  private volatile List<Known> known = List.of();
  private volatile long lookedNanos;
  private @Nullable Stamp stamp;

  private Tokens(Path file, RateLimit limit, LongSupplier nanos) {
    this.file = file;
    this.limit = limit;
    this.nanos = nanos;
  }

  /**
   * Reads the file.
   *
   * @param nanos a clock, as {@link System#nanoTime}
   * @throws IOException where it cannot be read, or a line is wrong
   */
  public static Tokens open(Path file, RateLimit limit, LongSupplier nanos) throws IOException {
    Tokens tokens = new Tokens(file, limit, nanos);
    if (!Files.isReadable(file)) {
      throw new IOException("there is no file " + file + " that can be read");
    }
    tokens.read();
    tokens.lookedNanos = nanos.getAsLong();
    return tokens;
  }

  /**
   * Whether somebody may come in.
   *
   * @param authorization the header; null where there is none
   */
  public Admission check(@Nullable String authorization, Scope scope) {
    TokenEntry entry = find(token(authorization));
    if (entry == null) {
      return new Admission.Unknown();
    }
    if (!entry.allows(scope)) {
      return new Admission.Forbidden(entry);
    }
    if (limit.limits()) {
      long now = nanos.getAsLong();
      long wait = buckets.computeIfAbsent(entry.id(), id -> new Bucket(limit, now)).take(now);
      if (wait > 0) {
        return new Admission.TooOften(entry, wait);
      }
    }
    return new Admission.Granted(entry);
  }

  /** Whether a token that was good once still is: for those who are logged in. */
  public boolean stillAllows(String id, Scope scope) {
    refresh();
    return known.stream().anyMatch(each -> each.entry.id().equals(id) && each.entry.allows(scope));
  }

  /**
   * Compares with each token that there is, each in a time that does not depend on where they
   * differ, so that an answer's time tells nothing.
   */
  private @Nullable TokenEntry find(@Nullable String token) {
    if (token == null) {
      return null;
    }
    refresh();
    byte[] hash = TokenFile.sha256(token);
    TokenEntry found = null;
    for (Known each : known) {
      if (MessageDigest.isEqual(each.hash, hash)) {
        found = each.entry;
      }
    }
    return found;
  }

  private static @Nullable String token(@Nullable String authorization) {
    if (authorization == null
        || authorization.length() > LIMIT_CHARACTERS
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    return authorization.substring(SCHEME.length()).strip();
  }

  private void refresh() {
    if (nanos.getAsLong() - lookedNanos < LOOK_NANOS) {
      return;
    }
    synchronized (this) {
      if (nanos.getAsLong() - lookedNanos < LOOK_NANOS) {
        return;
      }
      lookedNanos = nanos.getAsLong();
      try {
        if (!Stamp.of(file).equals(stamp)) {
          read();
          log.info("{} was read again: {} tokens", file, known.size());
        }
      } catch (IOException e) {
        log.error("The tokens' file cannot be read; what it said last holds: {}", e.getMessage());
      }
    }
  }

  private synchronized void read() throws IOException {
    Stamp now = Stamp.of(file);
    List<Known> read =
        new TokenFile(file).read().stream().map(entry -> new Known(entry, entry.hash())).toList();
    stamp = now;
    known = read;
    buckets.keySet().retainAll(read.stream().map(each -> each.entry.id()).toList());
  }

  private static final class Known {
    private final TokenEntry entry;
    private final byte[] hash;

    Known(TokenEntry entry, byte[] hash) {
      this.entry = entry;
      this.hash = hash;
    }
  }

  private record Stamp(long modifiedMillis, long bytes, @Nullable Object key) {
    static Stamp of(Path file) throws IOException {
      BasicFileAttributes read = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(read.lastModifiedTime().toMillis(), read.size(), read.fileKey());
    }
  }
}
