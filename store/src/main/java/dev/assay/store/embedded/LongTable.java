package dev.assay.store.embedded;

/**
 * Numbers by keys that are hashes: open addressing, 16 bytes a place, at most seven places in ten
 * taken. The key 0 is none. One thread writes; who reads meanwhile must be kept out.
 */
final class LongTable {
  /** What {@link #get} gives where there is no such key. */
  static final long NONE = -1;

  private long[] keys = new long[1 << 8];
  private long[] values = new long[1 << 8];
  private int used;

  long get(long key) {
    int place = place(key);
    return keys[place] == key ? values[place] : NONE;
  }

  void put(long key, long value) {
    int place = place(key);
    if (keys[place] != key) {
      keys[place] = key;
      used++;
    }
    values[place] = value;
    if (used > keys.length / 10 * 7) {
      grow();
    }
  }

  private int place(long key) {
    int mask = keys.length - 1;
    int place = (int) (key ^ (key >>> 32)) & mask;
    while (keys[place] != 0 && keys[place] != key) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new long[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int place = place(oldKeys[i]);
        keys[place] = oldKeys[i];
        values[place] = oldValues[i];
      }
    }
  }
}
