package dev.assay.receiver.attribution;

import java.util.HashMap;
import java.util.Map;

/**
 * Which lines prove something alone in one file of the change: those that are neither short nor
 * common in the base tree. docs/attribution.md, rule C1.
 */
final class Commonness {
  private final String basePath;
  private final BaseTree base;
  private final Thresholds thresholds;
  private final Map<String, Boolean> common = new HashMap<>();

  Commonness(String basePath, BaseTree base, Thresholds thresholds) {
    this.basePath = basePath;
    this.base = base;
    this.thresholds = thresholds;
  }

  boolean distinctive(String text) {
    return !tooShort(text) && !common(text);
  }

  boolean tooShort(String text) {
    return SignedText.shorter(text, thresholds.shortChars());
  }

  boolean common(String text) {
    return common.computeIfAbsent(text, this::inTheTree);
  }

  private boolean inTheTree(String text) {
    long hash = SignedText.lineHash(text);
    return base.filesWith(hash) >= thresholds.commonFiles()
        || base.timesIn(basePath, hash) >= thresholds.commonInFile();
  }

  /** How often the line stands in the file of the base tree. */
  int timesInFile(String text) {
    return base.timesIn(basePath, SignedText.lineHash(text));
  }

  /** Whether the line may prove that it was moved here: rule F3 counts no other. */
  boolean provesMove(String text) {
    return !tooShort(text) && newToTheTree(text) && !common(text);
  }

  /** Whether the line stands nowhere in the base tree. */
  boolean newToTheTree(String text) {
    return base.filesWith(SignedText.lineHash(text)) == 0;
  }
}
