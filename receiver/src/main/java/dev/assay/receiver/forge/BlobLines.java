package dev.assay.receiver.forge;

import dev.assay.proto.line.LineHash;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The normalised lines of one file's content, as hashes. Kept and used again for every file. */
final class BlobLines {
  /** Longer raw lines are never attributed, so that nobody asks for them. */
  static final int LIMIT_LINE_BYTES = 4_000;

  /** Git's own rule: a NUL in the first bytes makes a file binary. */
  private static final int BINARY_LOOK_BYTES = 8_000;

  private long[] set = new long[1 << 10];
  private long[] found = new long[1 << 9];
  private int size;

  /** The distinct lines of a text; nothing for what is binary. Valid until the next call. */
  BlobLines of(byte[] content) {
    if (size > 0) {
      Arrays.fill(set, LineHash.NONE);
    }
    size = 0;
    each(content, this::add);
    return this;
  }

  int size() {
    return size;
  }

  long hash(int index) {
    return found[index];
  }

  /** How often each line stands in a text. */
  static Map<Long, Integer> times(byte[] content) {
    Map<Long, Integer> out = new HashMap<>();
    each(content, hash -> out.merge(hash, 1, Integer::sum));
    return out;
  }

  private interface Each {
    void line(long hash);
  }

  private static void each(byte[] content, Each each) {
    if (binary(content)) {
      return;
    }
    int from = 0;
    while (from < content.length) {
      int to = from;
      while (to < content.length && content[to] != '\n') {
        to++;
      }
      long hash = to - from <= LIMIT_LINE_BYTES ? LineHash.of(content, from, to) : LineHash.NONE;
      if (hash != LineHash.NONE) {
        each.line(hash);
      }
      from = to + 1;
    }
  }

  /** Whether git takes it for no text. */
  static boolean binary(byte[] content) {
    for (int i = 0; i < Math.min(content.length, BINARY_LOOK_BYTES); i++) {
      if (content[i] == 0) {
        return true;
      }
    }
    return false;
  }

  private void add(long hash) {
    int mask = set.length - 1;
    int place = (int) (hash ^ (hash >>> 29)) & mask;
    while (set[place] != LineHash.NONE) {
      if (set[place] == hash) {
        return;
      }
      place = (place + 1) & mask;
    }
    set[place] = hash;
    if (size == found.length) {
      found = Arrays.copyOf(found, size * 2);
      found[size++] = hash;
      grow();
    } else {
      found[size++] = hash;
    }
  }

  private void grow() {
    set = new long[set.length * 2];
    int mask = set.length - 1;
    for (int i = 0; i < size; i++) {
      int place = (int) (found[i] ^ (found[i] >>> 29)) & mask;
      while (set[place] != LineHash.NONE) {
        place = (place + 1) & mask;
      }
      set[place] = found[i];
    }
  }
}
