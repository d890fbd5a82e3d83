package dev.assay.store.embedded;

import java.io.IOException;
import java.util.Arrays;

/**
 * Values that are not entered in their pages yet: for each page a chain of them, in memory. A table
 * of hashes changes all over, and a disk writes whole pages: who waits until there are many for a
 * page writes it once for all of them. A chain's links have room for a few values each, for memory
 * too is slow where it is jumped about in. One thread writes; who reads meanwhile may see chains
 * that are half changed, but comes to an end.
 */
final class PendingValues {
  /** So long a chain is to be taken out: it is slow to search. */
  static final int LIMIT_CHAIN = 64;

  // A value: the first 64 bits of its key; the other 32 and the value's first 32; its last 64.
  private static final int SECOND = 1;
  private static final int VALUE_LOW = 2;
  private static final int VALUE_LONGS = 3;

  // A link: the one before it, then values from the eldest on. All but the newest are full.
  private static final int VALUES_FROM = 1;
  private static final int VALUES = 2;
  private static final int LONGS = VALUES_FROM + VALUES * VALUE_LONGS;

  /** No link: the first one is not used. */
  private static final int NONE = 0;

  private static final int FIRST_ROOM = 1 << 10;

  private long[] links = new long[FIRST_ROOM * LONGS];

  /** Of each page its newest link, and how many values its chain has. */
  private long[] chains = new long[2];

  /** Links up to this one were used. */
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
    long second = (long) key.low() << Integer.SIZE | Integer.toUnsignedLong(valueHigh);
    count++;
    return add(page, key.high(), second, valueLow);
  }

  private int add(int page, long first, long second, long valueLow) {
    if (page >= chains.length) {
      chains = Arrays.copyOf(chains, Math.max(page + 1, chains.length * 2));
    }
    int length = length(chains[page]);
    int link = newest(chains[page]);
    if (length % VALUES == 0) {
      int before = link;
      link = room();
      links[link * LONGS] = before;
    }
    int at = value(link, length);
    links[at] = first;
    links[at + SECOND] = second;
    links[at + VALUE_LOW] = valueLow;
    chains[page] = chain(link, length + 1);
    return length + 1;
  }

  private int room() {
    if (free != NONE) {
      int link = free;
      free = (int) links[link * LONGS];
      return link;
    }
    if ((used + 2) * LONGS > links.length) {
      links = Arrays.copyOf(links, links.length * 2);
    }
    return ++used;
  }

  private void free(int link) {
    links[link * LONGS] = free;
    free = link;
  }

  private static long chain(int newest, int length) {
    return (long) newest << Integer.SIZE | length;
  }

  private static int newest(long chain) {
    return (int) (chain >>> Integer.SIZE);
  }

  private static int length(long chain) {
    return (int) chain;
  }

  /** Where the value stands that has so many before it in its chain, and is in this link. */
  private static int value(int link, int index) {
    return link * LONGS + VALUES_FROM + index % VALUES * VALUE_LONGS;
  }

  /**
   * Adds what a key has here to what was found of it.
   *
   * @param into the greatest values, as {@link HashFile#find} gives them
   * @param limit how many of them are kept
   * @return how many there are now
   */
  int find(int page, HashFile.Key key, long[] into, int found, int limit) {
    long[] of = chains;
    long[] all = links;
    long chain = page < of.length ? of[page] : 0;
    int link = newest(chain);
    int kept = found;
    for (int index = length(chain) - 1; index >= 0; index--) {
      int at = value(link, index);
      if (at + VALUE_LONGS > all.length) {
        break; // the writer was at it
      }
      long second = all[at + SECOND];
      if (all[at] == key.high() && (int) (second >>> Integer.SIZE) == key.low()) {
        kept = keep(into, kept, limit, second & 0xffff_ffffL, all[at + VALUE_LOW]);
      }
      if (index % VALUES == 0) {
        link = (int) all[link * LONGS];
      }
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
   * Takes all of a page out, also what is added to it meanwhile.
   *
   * @throws IOException what {@code into} throws, who has that value then; the others stay
   */
  void drain(int page, Entering into) throws IOException {
    if (page >= chains.length) {
      return;
    }
    while (length(chains[page]) > 0) {
      int link = newest(chains[page]);
      int index = length(chains[page]) - 1;
      int at = value(link, index);
      long first = links[at];
      long second = links[at + SECOND];
      long valueLow = links[at + VALUE_LOW];
      if (index % VALUES == 0) {
        chains[page] = chain((int) links[link * LONGS], index);
        free(link);
      } else {
        chains[page] = chain(link, index);
      }
      count--;
      into.enter(first, (int) (second >>> Integer.SIZE), (int) second, valueLow);
    }
  }

  /**
   * Parts the chain of a page.
   *
   * @param bit which bit of a key, from the first on, says that it is of the second page now
   */
  void part(int page, int second, int bit) {
    long chain = page < chains.length ? chains[page] : 0;
    if (chain == 0) {
      return;
    }
    chains[page] = 0;
    int link = newest(chain);
    for (int index = length(chain) - 1; index >= 0; index--) {
      int at = value(link, index);
      int of = ((links[at] >>> (Long.SIZE - 1 - bit)) & 1) == 0 ? page : second;
      add(of, links[at], links[at + SECOND], links[at + VALUE_LOW]);
      if (index % VALUES == 0) {
        int before = (int) links[link * LONGS];
        free(link);
        link = before;
      }
    }
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** How much memory it takes. */
  long bytes() {
    return (links.length + (long) chains.length) * Long.BYTES;
  }

  /** Gives the memory back, with all that is in it. */
  void shrink() {
    count = 0;
    links = new long[FIRST_ROOM * LONGS];
    chains = new long[2];
    used = 0;
    free = NONE;
  }
}
