package dev.assay.receiver.attribution;

import dev.assay.proto.line.LineDistance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds lines that people changed a little. docs/attribution.md, rule S3. */
final class SimilarMatch {
  private static final int WEIGHT = 10;
  private static final int NEIGHBOUR = 4;

  /** How far a pair's neighbour may lie, in lines. */
  private static final int NEAR = 3;

  /**
   * Pairs of one added line. Of more, those whose written line stands likewise in the order of all
   * are kept: lines of which so many are alike are rows of data, and come in their order.
   */
  static final int LIMIT_PAIRS = 16;

  /** Lines compared with each other in one file; in larger ones only those near in their order. */
  static final long LIMIT_COMPARISONS = 2_000_000;

  private final ChangedFile file;
  private final int percent;

  private SimilarMatch(ChangedFile file, int percent) {
    this.file = file;
    this.percent = percent;
  }

  /** Attributes distinctive lines of one file that are still free. */
  static List<Pair> take(ChangedFile file, List<Draft> drafts, Thresholds thresholds) {
    return Chains.take(new SimilarMatch(file, thresholds.similarPercent()).pairs(drafts));
  }

  private record Added(AddedLine line, LineDistance distance) {
    Added(AddedLine line) {
      this(line, new LineDistance(line.letters));
    }
  }

  /**
   * @param rank in the order of all of them, from 0
   */
  private record Written(WrittenLine line, LineDistance distance, int rank) {}

  /**
   * @param away how far the two are from each other's place in the order of all
   */
  private record Found(Pair pair, long away) {}

  private List<List<Pair>> pairs(List<Draft> drafts) {
    List<Written> written = new ArrayList<>();
    for (Draft draft : drafts) {
      for (WrittenLine line : draft.lines()) {
        if (line.free() && file.distinctive(line.text)) {
          written.add(new Written(line, new LineDistance(line.letters), written.size()));
        }
      }
    }
    List<AddedLine> free =
        written.isEmpty()
            ? List.of()
            : file.lines.stream()
                .filter(line -> line.free() && file.distinctive(line.text))
                .toList();
    written.sort(Comparator.comparingInt(w -> w.distance.length()));
    long band =
        (long) written.size() * free.size() <= LIMIT_COMPARISONS
            ? Long.MAX_VALUE
            : Math.max(LIMIT_PAIRS, LIMIT_COMPARISONS / free.size() / 2);
    Map<Draft, List<Pair>> pairs = new LinkedHashMap<>();
    for (int at = 0; at < free.size(); at++) {
      long place = (long) at * written.size() / free.size();
      for (Found found : pairs(new Added(free.get(at)), written, place, band)) {
        pairs.computeIfAbsent(found.pair.written().draft, d -> new ArrayList<>()).add(found.pair);
      }
    }
    return List.copyOf(pairs.values());
  }

  /** Of one added line; {@code place} is its own in the order of the written ones. */
  private List<Found> pairs(Added added, List<Written> written, long place, long band) {
    List<Found> found = new ArrayList<>();
    int length = added.distance.length();
    for (int i = firstOfLength(written, length * (100 - percent) / 100); i < written.size(); i++) {
      Written other = written.get(i);
      if (LineDistance.allowed(length, other.distance.length(), percent)
          < other.distance.length() - length) {
        break;
      }
      long away = Math.abs(other.rank - place);
      Pair pair = away > band ? null : pair(added, other);
      if (pair != null) {
        found.add(new Found(pair, away));
      }
    }
    if (found.size() > LIMIT_PAIRS) {
      found.sort(Comparator.comparingLong(Found::away));
      return found.subList(0, LIMIT_PAIRS);
    }
    return found;
  }

  private static int firstOfLength(List<Written> sorted, int length) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted.get(middle).distance.length() < length) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private @Nullable Pair pair(Added added, Written written) {
    int distance = added.distance.within(written.distance, percent);
    if (distance < 0 || written.line.replaces(added.line.text)) {
      return null;
    }
    int longer = Math.max(added.distance.length(), written.distance.length());
    double difference = (double) distance / longer;
    int weight = WEIGHT - (int) Math.round(difference * 20);
    weight += neighbour(added.line, written.line, 1) + neighbour(added.line, written.line, -1);
    return new Pair(added.line, written.line, Strategy.SIMILAR, difference, weight);
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
