package dev.assay.receiver.attribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Chooses between pairs that want the same line. Pairs of one edit and one file that follow each
 * other, in the same order on both sides, form a chain; the chain for which most speaks goes first,
 * and what it takes is no longer there for the others. So neighbours decide between equal lines.
 * docs/attribution.md, rule M2.
 */
final class Chains {
  /** How far, in lines, the next pair of a chain may lie from the last one, on either side. */
  static final int REACH = 8;

  private static final Comparator<Chain> BEST_FIRST =
      Comparator.<Chain>comparingInt(c -> -c.score)
          .thenComparing(c -> c.first().written().edit.time(), Comparator.reverseOrder())
          .thenComparing(c -> c.first().written().edit.toolUseId())
          .thenComparingInt(c -> c.first().written().position())
          .thenComparingInt(c -> c.first().added().number);

  private Chains() {}

  /**
   * Takes as many of the pairs as agree with each other.
   *
   * @param pairs of one file, each list of one edit
   * @return those taken
   */
  static List<Pair> take(List<List<Pair>> pairs) {
    List<Pair> taken = new ArrayList<>();
    List<List<Pair>> left = pairs;
    int before;
    do {
      before = taken.size();
      PriorityQueue<Chain> queue = new PriorityQueue<>(BEST_FIRST);
      left.forEach(ofOneEdit -> queue.addAll(chains(ofOneEdit)));
      for (Chain chain = queue.poll(); chain != null; chain = queue.poll()) {
        List<Pair> free = chain.pairs.stream().filter(Pair::free).toList();
        if (free.size() < chain.pairs.size()) {
          if (!free.isEmpty()) {
            queue.add(new Chain(free, score(free)));
          }
          continue;
        }
        free.forEach(Pair::take);
        taken.addAll(free);
      }
      left =
          left.stream()
              .map(ofOneEdit -> ofOneEdit.stream().filter(Pair::free).toList())
              .filter(ofOneEdit -> !ofOneEdit.isEmpty())
              .toList();
    } while (taken.size() > before && !left.isEmpty());
    return taken;
  }

  private record Chain(List<Pair> pairs, int score) {
    Pair first() {
      return pairs.get(0);
    }
  }

  /** Cuts the pairs of one edit into chains that share no line, the best first. */
  private static List<Chain> chains(List<Pair> unsorted) {
    Pair[] pairs = unsorted.stream().sorted(Pair.IN_ORDER).toArray(Pair[]::new);
    int[] score = new int[pairs.length];
    int[] before = new int[pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      score[i] = pairs[i].weight();
      before[i] = -1;
      for (int j = i - 1; j >= 0; j--) {
        int written = pairs[i].written().position() - pairs[j].written().position();
        if (written > REACH) {
          break;
        }
        int added = pairs[i].added().number - pairs[j].added().number;
        if (written > 0 && added > 0 && added <= REACH) {
          int together = score[j] + pairs[i].weight() - Math.abs(written - added);
          if (together > score[i]) {
            score[i] = together;
            before[i] = j;
          }
        }
      }
    }
    Integer[] ends = new Integer[pairs.length];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = i;
    }
    Arrays.sort(ends, Comparator.<Integer>comparingInt(i -> -score[i]).thenComparingInt(i -> i));
    Set<Object> used = new HashSet<>();
    List<Chain> chains = new ArrayList<>();
    for (int end : ends) {
      List<Pair> chain = new ArrayList<>();
      for (int at = end; at >= 0; at = before[at]) {
        Pair pair = pairs[at];
        if (used.contains(pair.added()) || used.contains(pair.written())) {
          break;
        }
        chain.add(0, pair);
      }
      if (!chain.isEmpty()) {
        chain.forEach(
            pair -> {
              used.add(pair.added());
              used.add(pair.written());
            });
        chains.add(new Chain(chain, score(chain)));
      }
    }
    return chains;
  }

  private static int score(List<Pair> pairs) {
    int score = 0;
    for (int i = 0; i < pairs.size(); i++) {
      score += pairs.get(i).weight();
      if (i > 0) {
        int written = pairs.get(i).written().position() - pairs.get(i - 1).written().position();
        int added = pairs.get(i).added().number - pairs.get(i - 1).added().number;
        score -= Math.min(REACH, Math.abs(written - added));
      }
    }
    return score;
  }
}
