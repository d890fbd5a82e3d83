package dev.assay.receiver.forge;

import dev.assay.proto.line.LineHash;

/**
 * How many of a tree's files have a line: a table of hashes in open addressing, 9 bytes a place. A
 * count stays at {@link #MOST} once it got there; such a line is common for good.
 */
final class LineCounts {
  static final int MOST = 127;

  private static final int FIRST_PLACES = 1 << 12;

  private final int limitLines;
  private long[] keys = new long[FIRST_PLACES];
  private byte[] counts = new byte[FIRST_PLACES];
  private int used;
  private long beyondLimit;

  /**
   * @param limitLines different lines that are counted; further ones are not, and count as absent
   */
  LineCounts(int limitLines) {
    this.limitLines = limitLines;
  }

  int count(long hash) {
    return counts[place(hash)];
  }

  void add(long hash) {
    int place = place(hash);
    if (keys[place] == LineHash.NONE) {
      if (used >= limitLines) {
        beyondLimit++;
        return;
      }
      keys[place] = hash;
      used++;
    }
    if (counts[place] < MOST) {
      counts[place]++;
    }
    if (used > keys.length / 10 * 7) {
      grow();
    }
  }

  void remove(long hash) {
    int place = place(hash);
    if (counts[place] > 0 && counts[place] < MOST) {
      counts[place]--; // the place stays taken, else lines behind it would be lost
    }
  }

  /** Times that a line was not counted, for there were too many. */
  long beyondLimit() {
    return beyondLimit;
  }

  private int place(long hash) {
    int mask = keys.length - 1;
    int place = (int) (hash ^ (hash >>> 29)) & mask;
    while (keys[place] != LineHash.NONE && keys[place] != hash) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    long[] oldKeys = keys;
    byte[] oldCounts = counts;
    int live = 0;
    for (byte count : oldCounts) {
      live += count > 0 ? 1 : 0;
    }
    int places = live > oldKeys.length / 10 * 4 ? oldKeys.length * 2 : oldKeys.length;
    keys = new long[places];
    counts = new byte[places];
    used = live;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldCounts[i] > 0) {
        int place = place(oldKeys[i]);
        keys[place] = oldKeys[i];
        counts[place] = oldCounts[i];
      }
    }
  }
}
