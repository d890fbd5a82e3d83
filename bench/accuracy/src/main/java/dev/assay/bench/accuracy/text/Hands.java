package dev.assay.bench.accuracy.text;

import dev.assay.bench.accuracy.text.Hand.Author;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Everybody who wrote a line of one pull request; a character carries a hand's number. */
public final class Hands {
  /** What stood there before. */
  public static final int BASE = 0;

  /** What a formatter puts in. */
  public static final int FORMATTER = 1;

  private static final Set<String> TOUCHED =
      Set.of(
          "reindented",
          "requoted",
          "recased",
          "small",
          "inside",
          "outside",
          "rewritten",
          "unicode");

  private final List<Hand> hands = new ArrayList<>();

  public Hands() {
    add(Author.BASE, "base", "");
    add(Author.FORMATTER, "formatter", "");
  }

  /** Claude writes a line. */
  public AuthoredLine claude(String kind, String text) {
    return AuthoredLine.by(add(Author.CLAUDE, kind, text), text);
  }

  /** A person writes a line. */
  public AuthoredLine person(String kind, String text) {
    return AuthoredLine.by(add(Author.PERSON, kind, text), text);
  }

  /**
   * A person changes a line of Claude's: characters that are the same but for case, quote style or
   * white space stay Claude's, the others are the person's.
   */
  public AuthoredLine tweaked(AuthoredLine line, String kind, String newText) {
    int claude = line.soleAuthor();
    if (claude == Hand.NONE || hands.get(claude).author() != Author.CLAUDE) {
      throw new IllegalArgumentException("not a line of Claude's alone: " + line.text());
    }
    hands.add(new Hand(Author.CLAUDE, kind, hands.get(claude).written(), newText, Hand.NONE));
    int kept = hands.size() - 1;
    hands.add(new Hand(Author.PERSON, kind, newText, newText, kept));
    return line.rewritten(newText, kept, hands.size() - 1);
  }

  /** Whether a line is Claude's alone. */
  public boolean isClaudes(AuthoredLine line) {
    int sole = line.soleAuthor();
    return sole != Hand.NONE && hands.get(sole).author() == Author.CLAUDE;
  }

  /** Whether Claude wrote any character of a line. */
  public boolean hasClaudes(AuthoredLine line) {
    return line.authors().stream().anyMatch(hand -> hands.get(hand).author() == Author.CLAUDE);
  }

  /** The same line of Claude's, under another kind: what was meant to happen to it did not. */
  public AuthoredLine renamed(AuthoredLine line, String kind) {
    Hand hand = hands.get(line.soleAuthor());
    boolean special = TOUCHED.contains(hand.kind());
    return special ? claude(kind, line.text()) : line;
  }

  /** The hand with this number. */
  public Hand get(int hand) {
    return hands.get(hand);
  }

  private int add(Author author, String kind, String text) {
    hands.add(new Hand(author, kind, text, text, Hand.NONE));
    return hands.size() - 1;
  }
}
