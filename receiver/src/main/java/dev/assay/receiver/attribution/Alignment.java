package dev.assay.receiver.attribution;

import dev.assay.proto.line.LineDistance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The longest common subsequence of a hunk's lines and of the lines that the change has at its
 * place, of several the one with most members in a row; between its members, the pairs of similar
 * lines that keep the order and differ least.
 */
final class Alignment {
  private final List<WrittenLine> hunk;
  private final List<AddedLine> there;
  private final Landing.Kind kind;
  private final Thresholds thresholds;
  private final Limits limits;
  private final List<Pair> pairs = new ArrayList<>();

  Alignment(
      List<WrittenLine> hunk,
      List<AddedLine> there,
      Landing.Kind kind,
      Thresholds thresholds,
      Limits limits) {
    this.hunk = hunk;
    this.there = there;
    this.kind = kind;
    this.thresholds = thresholds;
    this.limits = limits;
  }

  /** Pairs that are not attributed yet, in order. */
  List<Pair> pairs() {
    int shorter = Math.min(hunk.size(), there.size());
    int head = 0;
    while (head < shorter && together(hunk.get(head), there.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && together(hunk.get(hunk.size() - 1 - tail), there.get(there.size() - 1 - tail))) {
      tail++;
    }
    if (head < hunk.size()
        && tail < hunk.size()) { // where they part, an equal line may be another's
      Map<String, Integer> times = new HashMap<>();
      there.forEach(line -> times.merge(line.text, 1, Integer::sum));
      int sureHead = head;
      while (sureHead > 0 && times.getOrDefault(there.get(sureHead - 1).text, 0) > 1) {
        sureHead--;
      }
      int sureTail = tail;
      while (sureTail > 0 && times.getOrDefault(there.get(there.size() - sureTail).text, 0) > 1) {
        sureTail--;
      }
      sureHead = Math.max(0, sureHead - 1); // one sure line on either side tells what is in a row
      sureTail = Math.max(0, sureTail - 1);
      int left = hunk.size() - sureHead - sureTail;
      if ((long) left * (there.size() - sureHead - sureTail) <= limits.of(Limit.PLACE_LINES)) {
        head = sureHead;
        tail = sureTail;
      }
    }
    for (int i = 0; i < head; i++) {
      add(hunk.get(i), there.get(i));
    }
    between(hunk.subList(head, hunk.size() - tail), there.subList(head, there.size() - tail));
    for (int i = tail; i > 0; i--) {
      add(hunk.get(hunk.size() - i), there.get(there.size() - i));
    }
    return pairs;
  }

  /** Whether two lines are equal and free, or belong together already. */
  private boolean together(WrittenLine written, AddedLine added) {
    return written.vouchesFor() == null
        ? kind.open(written) && added.free() && written.text.equals(added.text)
        : written.vouchesFor() == added;
  }

  private void add(WrittenLine written, AddedLine added) {
    if (written.vouchesFor() == null) {
      pairs.add(new Pair(added, written, Strategy.EXACT, 0, 0));
    }
  }

  private void between(List<WrittenLine> left, List<AddedLine> right) {
    if (limits.past(Limit.PLACE_LINES, (long) left.size() * right.size())) {
      return;
    }
    boolean[][] equal = equal(left, right);
    int pair = Math.min(left.size(), right.size()) + 1; // more than all that follow each other
    int[][] best = new int[left.size() + 1][right.size() + 1];
    int[][] taken = new int[left.size() + 1][right.size() + 1]; // 0 where the two are no pair
    for (int i = left.size() - 1; i >= 0; i--) {
      for (int j = right.size() - 1; j >= 0; j--) {
        best[i][j] = Math.max(best[i + 1][j], best[i][j + 1]);
        if (equal[i][j]) {
          int next = taken[i + 1][j + 1] > 0 ? taken[i + 1][j + 1] + 1 : 0;
          taken[i][j] = pair + Math.max(best[i + 1][j + 1], next);
          best[i][j] = Math.max(best[i][j], taken[i][j]);
        }
      }
    }
    int fromI = 0;
    int fromJ = 0;
    int i = 0;
    int j = 0;
    boolean row = false; // whether the two before are a pair that counts on these
    while (i < left.size() && j < right.size()) {
      if (equal[i][j] && (row || best[i][j] == taken[i][j])) {
        similar(left.subList(fromI, i), right.subList(fromJ, j));
        row = taken[i + 1][j + 1] > 0 && taken[i + 1][j + 1] + 1 >= best[i + 1][j + 1];
        add(left.get(i++), right.get(j++));
        fromI = i;
        fromJ = j;
      } else if (best[i + 1][j] >= best[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    similar(left.subList(fromI, left.size()), right.subList(fromJ, right.size()));
  }

  private boolean[][] equal(List<WrittenLine> left, List<AddedLine> right) {
    Map<String, List<Integer>> places = new HashMap<>();
    for (int j = 0; j < right.size(); j++) {
      places.computeIfAbsent(right.get(j).text, t -> new ArrayList<>()).add(j);
    }
    Map<AddedLine, Integer> indexes = new HashMap<>();
    for (int j = 0; j < right.size(); j++) {
      indexes.put(right.get(j), j);
    }
    boolean[][] equal = new boolean[left.size()][right.size()];
    for (int i = 0; i < left.size(); i++) {
      WrittenLine written = left.get(i);
      AddedLine by = written.vouchesFor();
      if (by != null) {
        Integer j = indexes.get(by);
        if (j != null) {
          equal[i][j] = true;
        }
      } else {
        for (int j : places.getOrDefault(written.text, List.of())) {
          equal[i][j] = together(written, right.get(j));
        }
      }
    }
    return equal;
  }

  private void similar(List<WrittenLine> left, List<AddedLine> right) {
    if (kind == Landing.Kind.EXACT
        || left.isEmpty()
        || right.isEmpty()
        || limits.past(Limit.PLACE_COMPARISONS, (long) left.size() * right.size())) {
      return;
    }
    double[][] difference = new double[left.size()][right.size()];
    double[][] best = new double[left.size() + 1][right.size() + 1];
    for (int i = left.size() - 1; i >= 0; i--) {
      for (int j = right.size() - 1; j >= 0; j--) {
        difference[i][j] = difference(left.get(i), right.get(j));
        best[i][j] = Math.max(best[i + 1][j], best[i][j + 1]);
        if (difference[i][j] >= 0) {
          best[i][j] = Math.max(best[i][j], best[i + 1][j + 1] + 1 - difference[i][j]);
        }
      }
    }
    int i = 0;
    int j = 0;
    while (i < left.size() && j < right.size()) {
      double d = difference[i][j];
      if (d >= 0 && best[i][j] == best[i + 1][j + 1] + 1 - d) {
        pairs.add(new Pair(right.get(j++), left.get(i++), Strategy.SIMILAR, d, 0));
      } else if (best[i][j] == best[i + 1][j]) {
        i++;
      } else {
        j++;
      }
    }
  }

  /** Share of the longer text; -1 where the two are no pair. */
  private double difference(WrittenLine written, AddedLine added) {
    if (!kind.open(written) || !added.free() || written.replaces(added.text)) {
      return -1;
    }
    LineDistance line = written.distance();
    LineDistance other = added.distance();
    int distance = line.within(other, thresholds.similarPercent());
    return distance < 0 ? -1 : (double) distance / Math.max(line.length(), other.length());
  }
}
