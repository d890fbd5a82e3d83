package dev.assay.bench.lines;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Something that knows which edit added a line. Lines are numbers, and come by the edit. */
public interface Lines extends AutoCloseable {
  /** Lines of one edit; number n belongs to edit n / EDIT. */
  int EDIT = 17;

  /** How it is called in the table. */
  String name();

  /** Makes ready, outside the measured time, to put the lines from one number to another. */
  default void prepare(long from, long to) {}

  /** Puts the lines from one number to another, the second excluded. */
  void put(long from, long to) throws Exception;

  /** Whether several threads may put at once. */
  default boolean putsInParallel() {
    return false;
  }

  /** Brings all that was put to disk. */
  void force() throws Exception;

  /** Whatever makes questions faster and is no part of putting. */
  default void settle() throws Exception {}

  /** A question that can be asked once: how many of the lines are found. Any thread may ask. */
  Callable<Integer> question(long[] lines);

  @Override
  void close() throws IOException;
}
