package dev.assay.bench.accuracy.corpus;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.assay.bench.accuracy.corpus.ClaudeAtWork.Piece;
import dev.assay.bench.accuracy.text.AuthoredLine;
import dev.assay.bench.accuracy.text.AuthoredText;
import dev.assay.bench.accuracy.text.Hands;
import dev.assay.bench.accuracy.transcript.EditTools.Replacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way from before a pull request to after it: parts that stay and parts that change.
 */
final class Draft {
  /** A line under this many characters proves nothing alone. */
  static final int SHORT = 12;

  private static final int PART_MIN = 4;
  private static final int PART_MAX = 14;
  private static final int CONTEXT_MAX = 12;

  private final List<Part> parts = new ArrayList<>();
  private boolean newlineAtEnd = true;

  /** A stretch of lines; {@code goal} is null where it stays as it is. */
  static final class Part {
    final @Nullable List<String> goal;
    List<AuthoredLine> now;

    private Part(@Nullable List<String> goal, List<AuthoredLine> now) {
      this.goal = goal;
      this.now = List.copyOf(now);
    }

    /** What it becomes; empty where lines are only removed, or none change. */
    List<String> goal() {
      return goal == null ? List.of() : goal;
    }
  }

  /** The way between two versions of a file, changes cut into parts of 4 to 14 lines. */
  Draft(List<String> before, List<String> after, Random random) {
    int at = 0;
    for (AbstractDelta<String> delta : DiffUtils.diff(before, after).getDeltas()) {
      int start = delta.getSource().getPosition();
      parts.add(new Part(null, base(before.subList(at, start))));
      List<String> wanted = delta.getTarget().getLines();
      List<AuthoredLine> gone = base(delta.getSource().getLines());
      int from = 0;
      do {
        int to = Math.min(wanted.size(), from + PART_MIN + random.nextInt(PART_MAX - PART_MIN + 1));
        parts.add(new Part(List.copyOf(wanted.subList(from, to)), gone));
        gone = List.of();
        from = to;
      } while (from < wanted.size());
      at = start + delta.getSource().size();
    }
    parts.add(new Part(null, base(before.subList(at, before.size()))));
    parts.add(new Part(null, List.of()));
  }

  /** Puts lines in a part's place, of which nobody knows yet whose they are. */
  void sketch(Part part, List<String> lines) {
    part.now = base(lines);
  }

  /** Sets the lines of the whole file, which have the texts that stand there. */
  void settle(List<AuthoredLine> lines) {
    int from = 0;
    for (Part part : parts) {
      int to = from + part.now.size();
      part.now = List.copyOf(lines.subList(from, to));
      from = to;
    }
    if (from != lines.size()) {
      throw new IllegalStateException(from + " lines stand there, " + lines.size() + " are set");
    }
  }

  /** The kind of the piece in which a line stands, or of the last one before it. */
  String kindAt(int index, List<Piece> pieces) {
    int end = 0;
    String kind = pieces.get(0).kind();
    for (Part part : parts) {
      kind =
          pieces.stream().filter(p -> p.part() == part).findFirst().map(Piece::kind).orElse(kind);
      end += part.now.size();
      if (index < end) {
        break;
      }
    }
    return kind;
  }

  /** The empty place behind the last line. */
  Part end() {
    return parts.get(parts.size() - 1);
  }

  /** The parts that change, in the file's order. */
  List<Part> changes() {
    return parts.stream().filter(part -> part.goal != null).toList();
  }

  void endWithoutNewline() {
    newlineAtEnd = false;
  }

  AuthoredText authored() {
    return new AuthoredText(
        parts.stream().flatMap(part -> part.now.stream()).toList(), newlineAtEnd);
  }

  String text() {
    return authored().text();
  }

  /**
   * The replacement that turns a part's lines into others in the file as it is now, with as much
   * context as makes its place unique; null where none does.
   */
  @Nullable Replacement replacement(Part part, List<String> wanted) {
    List<String> lines = authored().lines().stream().map(AuthoredLine::text).toList();
    String whole = text();
    int start = 0;
    for (Part other : parts.subList(0, parts.indexOf(part))) {
      start += other.now.size();
    }
    int end = start + part.now.size();
    for (int context = 1; context <= CONTEXT_MAX; context++) {
      List<String> above = lines.subList(Math.max(0, start - context), start);
      List<String> below = lines.subList(end, Math.min(lines.size(), end + context));
      String old = joined(above, lines.subList(start, end), below);
      if (!old.isBlank() && whole.indexOf(old) == whole.lastIndexOf(old)) {
        return new Replacement(old, joined(above, wanted, below));
      }
    }
    return null;
  }

  private static String joined(List<String> above, List<String> middle, List<String> below) {
    List<String> all = new ArrayList<>(above);
    all.addAll(middle);
    all.addAll(below);
    return String.join("\n", all);
  }

  private static List<AuthoredLine> base(List<String> lines) {
    return lines.stream().map(line -> AuthoredLine.by(Hands.BASE, line)).toList();
  }
}
