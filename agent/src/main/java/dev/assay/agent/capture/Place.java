package dev.assay.agent.capture;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a transcript was read, and what must be remembered of the part that was. One thread uses
 * it.
 */
public final class Place {
  /** More proposals without result are forgotten, the oldest first, and counted. */
  static final int LIMIT_PENDING = 512;

  String fileKey = "";
  long offset;
  long lines;
  int headBytes;
  long headHash;

  private long startedAtUnixNanos;
  private long lastSeenUnixNanos;
  private long toldUnixNanos;
  private @Nullable String version;
  private @Nullable String entrypoint;
  private @Nullable String cwd;
  private final Map<String, Pending> pending = new LinkedHashMap<>();

  Place() {}

  /** Time of the file's first own record; 0 as long as there is none. */
  public long startedAtUnixNanos() {
    return startedAtUnixNanos;
  }

  public void startedAt(long unixNanos) {
    startedAtUnixNanos = unixNanos;
  }

  /** Time of the newest record; 0 as long as there is none. */
  public long lastSeenUnixNanos() {
    return lastSeenUnixNanos;
  }

  public void seen(long unixNanos) {
    lastSeenUnixNanos = Math.max(lastSeenUnixNanos, unixNanos);
  }

  /** Up to when the session was told of; 0 where it was not. */
  public long toldUnixNanos() {
    return toldUnixNanos;
  }

  public void told(long unixNanos) {
    toldUnixNanos = unixNanos;
  }

  public @Nullable String version() {
    return version;
  }

  public @Nullable String entrypoint() {
    return entrypoint;
  }

  public @Nullable String cwd() {
    return cwd;
  }

  /** Remembers what a record tells of the session; true where that is new. */
  public boolean learn(Envelope envelope) {
    boolean news = false;
    if (envelope.version() != null && !envelope.version().equals(version)) {
      version = envelope.version();
      news = true;
    }
    if (envelope.entrypoint() != null && !envelope.entrypoint().equals(entrypoint)) {
      entrypoint = envelope.entrypoint();
      news = true;
    }
    if (cwd == null && envelope.cwd() != null) {
      cwd = envelope.cwd();
      news = true;
    }
    return news;
  }

  /** Whether records of no other use are wanted, because the session is not known yet. */
  boolean envelopeWanted() {
    return startedAtUnixNanos == 0 || version == null || cwd == null;
  }

  /** Remembers a proposal; true where another had to be forgotten. */
  public boolean propose(String toolUseId, Pending proposal) {
    pending.put(toolUseId, proposal);
    if (pending.size() <= LIMIT_PENDING) {
      return false;
    }
    pending.remove(pending.keySet().iterator().next());
    return true;
  }

  /** The proposal that a result answers, which is then forgotten; null where there is none. */
  public @Nullable Pending answered(String toolUseId) {
    return pending.remove(toolUseId);
  }

  Map<String, Pending> pending() {
    return pending;
  }

  void reset() {
    fileKey = "";
    offset = 0;
    lines = 0;
    headBytes = 0;
    headHash = 0;
    startedAtUnixNanos = 0;
    lastSeenUnixNanos = 0;
    toldUnixNanos = 0;
    version = null;
    entrypoint = null;
    cwd = null;
    pending.clear();
  }

  void restore(
      long started,
      long last,
      long told,
      @Nullable String version,
      @Nullable String entrypoint,
      @Nullable String cwd) {
    startedAtUnixNanos = started;
    lastSeenUnixNanos = last;
    toldUnixNanos = told;
    this.version = version;
    this.entrypoint = entrypoint;
    this.cwd = cwd;
  }
}
