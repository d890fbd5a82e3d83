package dev.assay.store.embedded;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/**
 * The value of a line: its most recent edits, newest first, each as the second of its time and the
 * hash of its id; an empty place is all zeros. Which edits stay depends on the edits alone, not on
 * the order in which they come. The file of an edit is looked up with the edit.
 */
final class Postings {
  /** How many edits of one line are kept. */
  static final int LIMIT = 6;

  private static final int POSTING_BYTES = Integer.BYTES + Long.BYTES;

  /** Bytes of a value; all values have the same size. */
  static final int SIZE = LIMIT * POSTING_BYTES;

  private Postings() {}

  /** Puts an edit in its place; false where it stands there already or is too old to stay. */
  static boolean add(byte[] value, int second, long edit) {
    ByteBuffer postings = ByteBuffer.wrap(value);
    int place = 0;
    while (place < LIMIT && newer(postings, place, second, edit)) {
      place++;
    }
    if (place == LIMIT || (edit(postings, place) == edit && second(postings, place) == second)) {
      return false;
    }
    int at = place * POSTING_BYTES;
    System.arraycopy(value, at, value, at + POSTING_BYTES, SIZE - at - POSTING_BYTES);
    postings.putInt(at, second).putLong(at + Integer.BYTES, edit);
    return true;
  }

  /** The edits from one second to another, both included. */
  static void between(byte[] value, int from, int to, LongConsumer edits) {
    ByteBuffer postings = ByteBuffer.wrap(value);
    for (int place = 0; place < LIMIT && edit(postings, place) != 0; place++) {
      int second = second(postings, place);
      if (Integer.compareUnsigned(second, from) >= 0 && Integer.compareUnsigned(second, to) <= 0) {
        edits.accept(edit(postings, place));
      }
    }
  }

  private static boolean newer(ByteBuffer postings, int place, int second, long edit) {
    if (edit(postings, place) == 0) {
      return false;
    }
    int order = Integer.compareUnsigned(second(postings, place), second);
    return order != 0 ? order > 0 : Long.compareUnsigned(edit(postings, place), edit) > 0;
  }

  private static int second(ByteBuffer postings, int place) {
    return postings.getInt(place * POSTING_BYTES);
  }

  private static long edit(ByteBuffer postings, int place) {
    return postings.getLong(place * POSTING_BYTES + Integer.BYTES);
  }
}
