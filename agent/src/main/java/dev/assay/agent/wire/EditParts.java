package dev.assay.agent.wire;

import dev.assay.agent.observe.Observation.EditHunk;
import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import java.util.ArrayList;
import java.util.List;

/**
 * An edit's lines as messages of at most 1 MiB. A part holds whole hunks, or pieces of one: the
 * removed lines first, then the added ones.
 */
final class EditParts {
  /** An edit whose message would be larger is split. */
  static final int LIMIT_PART_BYTES = 1 << 20;

  /**
   * Of longer lines only the beginning travels. It is longer than any line that attribution
   * considers (1,000 characters), so that nothing is matched by a piece of a line.
   */
  static final int LIMIT_LINE_CHARS = 1_024;

  /** Tag, length and {@code new_start} of a hunk, and of a line, with room to spare. */
  private static final int HUNK_OVERHEAD_BYTES = 24;

  private static final int LINE_OVERHEAD_BYTES = 8;

  private final int limitBytes;
  private final List<EditLines> parts = new ArrayList<>();
  private EditLines.Builder part = EditLines.newBuilder();
  private int partBytes;

  private EditParts(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  static List<EditLines> of(List<EditHunk> hunks) {
    return of(hunks, LIMIT_PART_BYTES);
  }

  /** At least one part, which is empty where the edit has no lines. */
  static List<EditLines> of(List<EditHunk> hunks, int limitBytes) {
    EditParts parts = new EditParts(limitBytes);
    for (EditHunk hunk : hunks) {
      parts.add(hunk);
    }
    parts.parts.add(parts.part.build());
    return parts.parts;
  }

  private void add(EditHunk hunk) {
    Hunk.Builder piece = begin(hunk.newStart());
    for (String text : hunk.removed()) {
      Line line = line(text);
      piece = roomFor(line, piece, hunk.newStart());
      piece.addRemoved(line);
    }
    int at = hunk.newStart();
    for (String text : hunk.added()) {
      Line line = line(text);
      piece = roomFor(line, piece, at);
      piece.addAdded(line);
      at = at == 0 ? 0 : at + 1;
    }
    part.addHunks(piece);
  }

  private Hunk.Builder begin(int newStart) {
    partBytes += HUNK_OVERHEAD_BYTES;
    return Hunk.newBuilder().setNewStart(newStart);
  }

  private Hunk.Builder roomFor(Line line, Hunk.Builder piece, int newStart) {
    int bytes = line.getSerializedSize() + LINE_OVERHEAD_BYTES;
    Hunk.Builder into = piece;
    if (partBytes + bytes > limitBytes && partBytes > HUNK_OVERHEAD_BYTES) {
      if (piece.getAddedCount() + piece.getRemovedCount() > 0) {
        part.addHunks(piece);
      }
      parts.add(part.build());
      part = EditLines.newBuilder();
      partBytes = 0;
      into = begin(newStart);
    }
    partBytes += bytes;
    return into;
  }

  private static Line line(String text) {
    String kept = text;
    if (text.length() > LIMIT_LINE_CHARS) {
      int end =
          Character.isHighSurrogate(text.charAt(LIMIT_LINE_CHARS - 1))
              ? LIMIT_LINE_CHARS - 1
              : LIMIT_LINE_CHARS;
      kept = text.substring(0, end);
    }
    return Line.newBuilder().setText(kept).build();
  }
}
