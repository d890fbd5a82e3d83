package dev.assay.bench.accuracy.corpus;

import java.util.Random;

/** What happens to a segment that Claude writes before it is merged. */
enum ClaudeKind {
  VERBATIM(40),
  REINDENTED(9),
  REQUOTED(6),
  RECASED(3),
  SMALL(9),
  INSIDE(5),
  OUTSIDE(5),
  REWRITTEN(6),
  USER_MODIFIED(4),
  REPLACE_ALL(3),
  UNICODE(4),
  EDGE(4);

  private final int weight;

  ClaudeKind(int weight) {
    this.weight = weight;
  }

  String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  static ClaudeKind pick(Random random) {
    int total = 0;
    for (ClaudeKind kind : values()) {
      total += kind.weight;
    }
    int at = random.nextInt(total);
    for (ClaudeKind kind : values()) {
      at -= kind.weight;
      if (at < 0) {
        return kind;
      }
    }
    return VERBATIM;
  }
}
