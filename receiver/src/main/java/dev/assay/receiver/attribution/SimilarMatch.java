package dev.assay.receiver.attribution;

import dev.assay.proto.line.LineDistance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds lines that people changed a little. docs/attribution.md, rule S3. */
final class SimilarMatch {
  private static final int WEIGHT = 10;
  private static final int NEIGHBOUR = 4;

  /** How far a pair's neighbour may lie, in lines. */
  private static final int NEAR = 3;

  private final ChangedFile file;
  private final int percent;
  private final Limits limits;

  private SimilarMatch(ChangedFile file, int percent, Limits limits) {
    this.file = file;
    this.percent = percent;
    this.limits = limits;
  }

  /** Attributes distinctive lines of one file that are still free. */
  static List<Pair> take(
      ChangedFile file, List<Draft> drafts, Thresholds thresholds, Limits limits) {
    return Chains.take(new SimilarMatch(file, thresholds.similarPercent(), limits).pairs(drafts));
  }

  /**
   * @param rank in the order of all of them, from 0
   */
  private record Written(WrittenLine line, int rank) {}

  /**
   * @param away how far the two are from each other's place in the order of all
   */
  private record Found(Pair pair, long away) {}

  private List<List<Pair>> pairs(List<Draft> drafts) {
    NavigableMap<Integer, List<Written>> byLength = new TreeMap<>();
    int count = 0;
    for (Draft draft : drafts) {
      for (WrittenLine line : draft.lines()) {
        if (line.free() && file.distinctive(line.text)) {
          byLength
              .computeIfAbsent(line.distance().length(), l -> new ArrayList<>())
              .add(new Written(line, count++));
        }
      }
    }
    List<AddedLine> free =
        count == 0
            ? List.of()
            : file.lines.stream()
                .filter(line -> line.free() && file.distinctive(line.text))
                .toList();
    long band =
        limits.past(Limit.SIMILAR_COMPARISONS, (long) count * free.size())
            ? Math.max(
                limits.of(Limit.SIMILAR_PAIRS),
                limits.of(Limit.SIMILAR_COMPARISONS) / free.size() / 2)
            : count;
    Map<Draft, List<Pair>> pairs = new LinkedHashMap<>();
    for (int at = 0; at < free.size(); at++) {
      long place = (long) at * count / free.size();
      for (Found found : pairs(free.get(at), byLength, place, band)) {
        pairs.computeIfAbsent(found.pair.written().draft, d -> new ArrayList<>()).add(found.pair);
      }
    }
    return List.copyOf(pairs.values());
  }

  /**
   * Of one added line.
   *
   * @param written by their length, those of one length in their order
   * @param place its own in the order of the written ones
   */
  private List<Found> pairs(
      AddedLine added, NavigableMap<Integer, List<Written>> written, long place, long band) {
    List<Found> found = new ArrayList<>();
    int length = added.distance().length();
    int least = length * (100 - percent) / 100;
    for (Map.Entry<Integer, List<Written>> alike : written.tailMap(least, true).entrySet()) {
      int other = alike.getKey();
      if (LineDistance.allowed(length, other, percent) < other - length) {
        break;
      }
      List<Written> inOrder = alike.getValue();
      for (int i = firstOfRank(inOrder, place - band); i < inOrder.size(); i++) {
        long away = Math.abs(inOrder.get(i).rank - place);
        if (away > band) {
          break;
        }
        Pair pair = pair(added, inOrder.get(i).line);
        if (pair != null) {
          found.add(new Found(pair, away));
        }
      }
    }
    if (limits.past(Limit.SIMILAR_PAIRS, found.size())) {
      // Lines of which so many are alike are rows of data, and come in their order.
      found.sort(Comparator.comparingLong(Found::away));
      return found.subList(0, (int) limits.of(Limit.SIMILAR_PAIRS));
    }
    return found;
  }

  private static int firstOfRank(List<Written> inOrder, long rank) {
    int low = 0;
    int high = inOrder.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (inOrder.get(middle).rank < rank) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private @Nullable Pair pair(AddedLine added, WrittenLine written) {
    int distance = added.distance().within(written.distance(), percent);
    if (distance < 0 || written.replaces(added.text)) {
      return null;
    }
    int longer = Math.max(added.distance().length(), written.distance().length());
    double difference = (double) distance / longer;
    int weight = WEIGHT - (int) Math.round(difference * 20);
    weight += neighbour(added, written, 1) + neighbour(added, written, -1);
    return new Pair(added, written, Strategy.SIMILAR, difference, weight);
  }

  /** Something speaks for a pair if the next attributed line of the same edit lies likewise. */
  private static int neighbour(AddedLine added, WrittenLine written, int direction) {
    for (int step = 1; step <= NEAR; step++) {
      WrittenLine next = written.draft.at(written.position() + direction * step);
      AddedLine by = next == null ? null : next.vouchesFor();
      if (by != null && by.file == added.file) {
        int away = (by.number - added.number) * direction;
        return away > 0 && Math.abs(away - step) <= 1 ? NEIGHBOUR : 0;
      }
    }
    return 0;
  }
}
