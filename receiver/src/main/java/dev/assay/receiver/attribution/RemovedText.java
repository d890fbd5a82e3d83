package dev.assay.receiver.attribution;

import java.util.Arrays;
import java.util.List;

/**
 * Rows of text in which others are looked for, by the places of their first characters: a change
 * may remove as much as it adds, and each of many blocks asks.
 */
final class RemovedText {
  /** No letter of a line: a lone surrogate. */
  private static final String APART = "\uDC00";

  private final int keyChars;
  private final String all;
  private final int[] first;
  private final int[] next;

  RemovedText(List<String> rows, int keyChars) {
    this.keyChars = keyChars;
    all = String.join(APART, rows);
    first = new int[Math.max(16, Integer.highestOneBit(all.length() + 1) * 2)];
    next = new int[all.length()];
    Arrays.fill(first, -1);
    for (int at = all.length() - keyChars; at >= 0; at--) {
      int key = key(all, at);
      next[at] = first[key];
      first[key] = at;
    }
  }

  /** Whether a text stands in one of the rows. */
  boolean contains(String text) {
    if (text.length() < keyChars) {
      return all.contains(text);
    }
    for (int at = first[key(text, 0)]; at >= 0; at = next[at]) {
      if (all.startsWith(text, at)) {
        return true;
      }
    }
    return false;
  }

  private int key(String text, int at) {
    int hash = 0;
    for (int i = at; i < at + keyChars; i++) {
      hash = hash * 31 + text.charAt(i);
    }
    return ((hash * 0x9E3779B9) >>> 8) & (first.length - 1);
  }
}
