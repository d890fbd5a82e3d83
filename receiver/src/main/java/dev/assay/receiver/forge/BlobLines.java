package dev.assay.receiver.forge;

import dev.assay.proto.line.LineHash;
import java.util.Arrays;

/** The normalised lines of one file's content, as hashes: which, and how often. 12 bytes a line. */
final class BlobLines {
  /** Longer raw lines are never attributed, so that nobody asks for them. */
  static final int LIMIT_LINE_BYTES = 4_000;

  /** Git's own rule: a NUL in the first bytes makes a file binary. */
  private static final int BINARY_LOOK_BYTES = 8_000;

  private static final int CHARS_OF_A_LINE = 24;

  /** Rising, each once. */
  private final long[] hashes;

  private final int[] times;

  private BlobLines(long[] hashes, int[] times) {
    this.hashes = hashes;
    this.times = times;
  }

  /** The lines of a text; none for what is binary. */
  static BlobLines of(byte[] content) {
    if (binary(content)) {
      return new BlobLines(new long[0], new int[0]);
    }
    long[] all = new long[content.length / CHARS_OF_A_LINE + 8];
    int size = 0;
    int from = 0;
    while (from < content.length) {
      int to = from;
      while (to < content.length && content[to] != '\n') {
        to++;
      }
      long hash = to - from <= LIMIT_LINE_BYTES ? LineHash.of(content, from, to) : LineHash.NONE;
      if (hash != LineHash.NONE) {
        if (size == all.length) {
          all = Arrays.copyOf(all, size * 2);
        }
        all[size++] = hash;
      }
      from = to + 1;
    }
    Arrays.sort(all, 0, size);
    return counted(all, size);
  }

  private static BlobLines counted(long[] sorted, int size) {
    int[] times = new int[size];
    int distinct = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[distinct++] = sorted[i];
      }
      times[distinct - 1]++;
    }
    return new BlobLines(Arrays.copyOf(sorted, distinct), Arrays.copyOf(times, distinct));
  }

  /** Different lines. */
  int size() {
    return hashes.length;
  }

  long hash(int index) {
    return hashes[index];
  }

  /** How often a line stands in the text. */
  int times(long hash) {
    int at = Arrays.binarySearch(hashes, hash);
    return at < 0 ? 0 : times[at];
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
}
