package dev.assay.store.embedded;

import dev.assay.proto.line.NormalisedLine;
import dev.assay.proto.signature.IndexedHash;
import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import dev.assay.proto.v1.SignedLines;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which lines of an edit the index holds: the effective ones among those that it added. */
final class IndexedLines {
  private IndexedLines() {}

  static Set<String> of(@Nullable EditLines lines) {
    Set<String> indexed = new HashSet<>();
    if (lines == null) {
      return indexed;
    }
    for (Hunk hunk : lines.getHunksList()) {
      for (Line line : hunk.getAddedList()) {
        if (line.hasText() && line.getText().length() <= NormalisedLine.LIMIT_CHARS) {
          NormalisedLine normalised = NormalisedLine.of(line.getText());
          if (normalised.effective()) {
            indexed.add(normalised.text());
          }
        }
      }
    }
    for (SignedLines signed : lines.getSignedList()) {
      signed.getHashesList().forEach(hash -> indexed.add(IndexedHash.of(hash)));
    }
    return indexed;
  }
}
