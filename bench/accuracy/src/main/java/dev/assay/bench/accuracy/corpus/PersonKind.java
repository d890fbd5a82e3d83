package dev.assay.bench.accuracy.corpus;

import dev.assay.bench.accuracy.text.LineText;
import java.util.List;
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

  private static final List<PersonKind> LURES =
      List.of(
          REJECTED,
          FAILED,
          INTERRUPTED,
          TOO_EARLY,
          TOO_LATE,
          OTHER_REPO,
          READ,
          SHELL,
          CONTEXT,
          REMOVED_AGAIN);

  String word() {
    return this == PLAIN
        ? "person"
        : "decoy-" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** Half of people's segments are plain; one with short lines is often a decoy for those. */
  static PersonKind pick(List<String> lines, Random random) {
    if (lines.isEmpty() || random.nextBoolean()) {
      return PLAIN;
    }
    boolean tempting = lines.stream().anyMatch(PersonKind::shortButEffective);
    if (tempting && random.nextInt(3) == 0) {
      return COMMON;
    }
    return LURES.get(random.nextInt(LURES.size()));
  }

  /** Whether a line counts, but proves nothing alone. */
  static boolean shortButEffective(String line) {
    return LineText.effective(line) && LineText.normalise(line).length() < Draft.SHORT;
  }
}
