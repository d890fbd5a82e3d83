package dev.assay.receiver.attribution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The longest strictly rising subsequence: what two orders have in common. */
final class Rising {
  private Rising() {}

  /** The indexes of its members. */
  static List<Integer> longest(List<Integer> values) {
    List<Integer> ends =
        new ArrayList<>(); // index of the smallest end of a sequence of each length
    int[] before = new int[values.size()];
    for (int i = 0; i < values.size(); i++) {
      int low = 0;
      int high = ends.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (values.get(ends.get(middle)) < values.get(i)) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      before[i] = low == 0 ? -1 : ends.get(low - 1);
      if (low == ends.size()) {
        ends.add(i);
      } else {
        ends.set(low, i);
      }
    }
    List<Integer> members = new ArrayList<>();
    for (int at = ends.isEmpty() ? -1 : ends.get(ends.size() - 1); at >= 0; at = before[at]) {
      members.add(at);
    }
    Collections.reverse(members);
    return members;
  }
}
