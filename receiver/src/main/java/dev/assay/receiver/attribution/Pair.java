package dev.assay.receiver.attribution;

import java.util.Comparator;

/**
 * An added line and a written one that may have become it.
 *
 * @param weight how much speaks for the pair: equality more than similarity, neighbours in common
 *     more than none
 */
record Pair(
    AddedLine added, WrittenLine written, Strategy strategy, double difference, int weight) {
  static final Comparator<Pair> IN_ORDER =
      Comparator.<Pair>comparingInt(p -> p.written.position())
          .thenComparingInt(p -> p.added.number);

  boolean free() {
    return added.free() && written.free();
  }

  /** Lets the written line vouch for the added one. */
  void take() {
    boolean own = added.file.own(written.draft.path);
    added.attribute(
        strategy == Strategy.EXACT && !own ? Strategy.MOVED : strategy, written, difference);
  }
}
