package dev.assay.receiver.attribution;

import dev.assay.proto.line.LineDistance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line that the change adds, and what has been found out about it so far. */
final class AddedLine {
  final ChangedFile file;

  /** 1-based, in the file after the change. */
  final int number;

  /** What it is equal by. */
  final String text;

  /** What its distance to others is measured by. */
  final String letters;

  final boolean effective;

  /**
   * What the effective lines of a notebook's cell are equal by, where this one line holds its
   * source.
   */
  final List<String> cell;

  /** Why it cannot be attributed whatever the candidates say; null where it can. */
  final @Nullable Reason gate;

  /** Where it was put, in lines of the base file. */
  final Place place;

  private @Nullable Match match;
  private @Nullable LineDistance distance;

  AddedLine(
      ChangedFile file,
      int number,
      ComparedLine line,
      List<String> cell,
      boolean effective,
      @Nullable Reason gate,
      Place place) {
    this.file = file;
    this.cell = cell;
    this.number = number;
    this.text = line.text();
    this.letters = line.letters();
    this.effective = effective;
    this.gate = gate;
    this.place = place;
  }

  /** Its letters, prepared to be held against others'. */
  LineDistance distance() {
    LineDistance made = distance;
    if (made == null) {
      made = new LineDistance(letters);
      distance = made;
    }
    return made;
  }

  /** Whether it still waits for a written line. */
  boolean free() {
    return gate == null && match == null;
  }

  @Nullable Match match() {
    return match;
  }

  /** Lets a written line vouch for this one. */
  void attribute(Strategy strategy, WrittenLine by, double difference) {
    match = new Match(strategy, by, difference);
    by.vouchFor(this);
  }

  /** What vouches for a line. */
  record Match(Strategy strategy, WrittenLine by, double difference) {}
}
