package dev.assay.store.embedded;

/**
 * Bounds what the keys of all kinds of facts take of the heap, where there is no end of facts; or
 * something else that grows with them. For any thread.
 */
final class KeyRoom {
  /** They may take this part of the heap. */
  private static final int HEAP_TO_KEYS = 3;

  private final long limit;
  private long used;
  private boolean overfull;

  KeyRoom() {
    this(Runtime.getRuntime().maxMemory() / HEAP_TO_KEYS);
  }

  /**
   * @param limit in bytes
   */
  KeyRoom(long limit) {
    this.limit = limit;
  }

  /** Takes so many bytes; false, and none are taken, where that would be too many. */
  synchronized boolean enter(long bytes) {
    if (used + bytes > limit) {
      overfull = true;
      return false;
    }
    used += bytes;
    return true;
  }

  /** Gives so many back. */
  synchronized void leave(long bytes) {
    used -= bytes;
  }

  /** 0 to 1: how much is taken; 1 for good once that was not enough. */
  synchronized double fill() {
    return overfull || limit == 0 ? 1 : (double) used / limit;
  }
}
