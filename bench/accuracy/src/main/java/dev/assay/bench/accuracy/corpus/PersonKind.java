package dev.assay.bench.accuracy.corpus;

import java.util.Random;

/** What misleads about a segment that a person writes. */
enum PersonKind {
  PLAIN,
  REJECTED,
  FAILED,
  INTERRUPTED,
  TOO_EARLY,
  TOO_LATE,
  OTHER_REPO,
  READ,
  SHELL,
  CONTEXT,
  REMOVED_AGAIN,
  COMMON;

  String word() {
    return this == PLAIN
        ? "person"
        : "decoy-" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** Half of people's segments are plain. */
  static PersonKind pick(Random random) {
    return random.nextBoolean() ? PLAIN : values()[1 + random.nextInt(values().length - 1)];
  }
}
