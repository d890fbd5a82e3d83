package dev.assay.store.embedded;

import java.io.IOException;
import java.util.Arrays;

/**
 * Values that are not entered in their pages yet: for each page a chain of them, in memory. A table
 * of hashes changes all over, and a disk writes whole pages: who waits until there are many for a
 * page writes it once for all of them. One thread writes; who reads meanwhile may see chains that
 * are half changed, but comes to an end.
 */
final class PendingValues {
  /** So long a chain is to be taken out: it is slow to search. */
  static final int LIMIT_CHAIN = 64;

  // A value: the first 64 bits of its key; the other 32 and the value's first 32; its last 64; the
  // value before it in the chain, and the chain's length.
  private static final int SECOND = 1;
  private static final int VALUE_LOW = 2;
  private static final int BEFORE = 3;
  private static final int LONGS = 4;

  /** No value: the first one is not used. */
  private static final int NONE = 0;

  private static final int FIRST_ROOM = 1 << 10;

  private long[] values = new long[FIRST_ROOM * LONGS];

  /** The newest value of each page. */
  private int[] newest = new int[2];

  /** Places up to this one were used. */
  private int used;

  /** The chain of those of them that are free again. */
  private int free = NONE;

  private int count;

  /** Takes what is taken out of a chain. */
  interface Entering {
    void enter(long keyHigh, int keyLow, int valueHigh, long valueLow) throws IOException;
  }

  /** Notes a value for a page; how many the page has now. */
  int add(int page, HashFile.Key key, int valueHigh, long valueLow) {
    int value = room();
    int at = value * LONGS;
    values[at] = key.high();
    values[at + SECOND] = (long) key.low() << Integer.SIZE | Integer.toUnsignedLong(valueHigh);
    values[at + VALUE_LOW] = valueLow;
    count++;
    return link(page, value);
  }

  /** Makes a value the newest of a page. */
  private int link(int page, int value) {
    if (page >= newest.length) {
      newest = Arrays.copyOf(newest, Math.max(page + 1, newest.length * 2));
    }
    int before = newest[page];
    int length = 1 + (before == NONE ? 0 : length(before));
    values[value * LONGS + BEFORE] = (long) before << Integer.SIZE | length;
    newest[page] = value;
    return length;
  }

  private int room() {
    if (free != NONE) {
      int value = free;
      free = before(values[value * LONGS + BEFORE]);
      return value;
    }
    if ((used + 2) * LONGS > values.length) {
      values = Arrays.copyOf(values, values.length * 2);
    }
    return ++used;
  }

  private int length(int value) {
    return (int) values[value * LONGS + BEFORE];
  }

  private static int before(long link) {
    return (int) (link >>> Integer.SIZE);
  }

  /**
   * Adds what a key has here to what was found of it.
   *
   * @param into the greatest values, as {@link HashFile#find} gives them
   * @param limit how many of them are kept
   * @return how many there are now
   */
  int find(int page, HashFile.Key key, long[] into, int found, int limit) {
    int[] chains = newest;
    long[] all = values;
    int each = page < chains.length ? chains[page] : NONE;
    int kept = found;
    int left = each == NONE || each * LONGS >= all.length ? 0 : (int) all[each * LONGS + BEFORE];
    for (; each != NONE && left > 0; left--) {
      int at = each * LONGS;
      if (at >= all.length) {
        break; // the writer was at it
      }
      long second = all[at + SECOND];
      if (all[at] == key.high() && (int) (second >>> Integer.SIZE) == key.low()) {
        kept = keep(into, kept, limit, second & 0xffff_ffffL, all[at + VALUE_LOW]);
      }
      each = before(all[at + BEFORE]);
    }
    return kept;
  }

  /** Each value stays once; of too many the least goes. */
  private static int keep(long[] into, int found, int limit, long high, long low) {
    int least = 0;
    for (int at = 0; at < found * HashFile.VALUE_LONGS; at += HashFile.VALUE_LONGS) {
      int order = compare(into, at, high, low);
      if (order == 0) {
        return found;
      }
      if (compare(into, least, into[at], into[at + 1]) > 0) {
        least = at;
      }
    }
    if (found == limit && compare(into, least, high, low) > 0) {
      return found;
    }
    int at = found == limit ? least : found * HashFile.VALUE_LONGS;
    into[at] = high;
    into[at + 1] = low;
    return Math.min(found + 1, limit);
  }

  private static int compare(long[] values, int at, long high, long low) {
    int order = Long.compare(values[at], high);
    return order != 0 ? order : Long.compareUnsigned(values[at + 1], low);
  }

  /**
   * Takes all of a page out, the newest first, also what is added to it meanwhile.
   *
   * @throws IOException what {@code into} throws, who has that value then; the others stay
   */
  void drain(int page, Entering into) throws IOException {
    if (page >= newest.length) {
      return;
    }
    for (int each = newest[page]; each != NONE; each = newest[page]) {
      int at = each * LONGS;
      newest[page] = before(values[at + BEFORE]);
      values[at + BEFORE] = (long) free << Integer.SIZE;
      free = each;
      count--;
      long second = values[at + SECOND];
      into.enter(values[at], (int) (second >>> Integer.SIZE), (int) second, values[at + VALUE_LOW]);
    }
  }

  /**
   * Parts the chain of a page.
   *
   * @param bit which bit of a key, from the first on, says that it is of the second page now
   */
  void part(int page, int second, int bit) {
    int each = page < newest.length ? newest[page] : NONE;
    if (each == NONE) {
      return;
    }
    newest[page] = NONE;
    while (each != NONE) {
      int at = each * LONGS;
      int before = before(values[at + BEFORE]);
      link(((values[at] >>> (Long.SIZE - 1 - bit)) & 1) == 0 ? page : second, each);
      each = before;
    }
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** Gives the memory back, with all that is in it. */
  void shrink() {
    count = 0;
    values = new long[FIRST_ROOM * LONGS];
    newest = new int[2];
    used = 0;
    free = NONE;
  }
}
