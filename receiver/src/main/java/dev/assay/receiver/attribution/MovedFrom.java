package dev.assay.receiver.attribution;

import dev.assay.proto.line.NormalisedLine;
import dev.assay.proto.signature.IndexedHash;
import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import dev.assay.proto.v1.SignedLines;
import dev.assay.store.fact.EditFact;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files that lines of a change may have been moved from: those that have enough of the lines
 * that prove it, wherever they stand there. Which of them it was, {@link MovedFiles} tells, when
 * all their edits are known. docs/attribution.md, rules F3 and F4.
 */
final class MovedFrom {
  private final Set<String> changed;
  private final Set<String> proofs;
  private final Thresholds thresholds;

  /**
   * @param changed the change's own paths, which are left out
   * @param proofs the lines that prove a move, as the line index knows them
   */
  MovedFrom(Set<String> changed, Set<String> proofs, Thresholds thresholds) {
    this.changed = changed;
    this.proofs = proofs;
    this.thresholds = thresholds;
  }

  /** The paths of those files, of edits that wrote one of the lines. */
  Set<String> of(Collection<EditFact> edits) {
    Map<String, Set<String>> proved = new TreeMap<>();
    for (EditFact edit : edits) {
      String path = edit.path();
      EditLines lines = edit.lines();
      if (path != null && lines != null && !changed.contains(path)) {
        collect(lines, proved.computeIfAbsent(path, p -> new HashSet<>()));
      }
    }
    Set<String> sources = new TreeSet<>();
    proved.forEach(
        (path, lines) -> {
          if (lines.size() >= thresholds.movedRun() || (!lines.isEmpty() && nested(path))) {
            sources.add(path);
          }
        });
    return sources;
  }

  private void collect(EditLines lines, Set<String> proved) {
    for (Hunk hunk : lines.getHunksList()) {
      for (Line line : hunk.getAddedList()) {
        take(NormalisedLine.of(line.getText()).text(), proved);
      }
    }
    for (SignedLines signed : lines.getSignedList()) {
      signed.getHashesList().forEach(hash -> take(IndexedHash.of(hash), proved));
    }
  }

  private void take(String line, Set<String> proved) {
    if (proofs.contains(line)) {
      proved.add(line);
    }
  }

  private boolean nested(String path) {
    return changed.stream().anyMatch(other -> MovedFiles.nested(path, other));
  }
}
