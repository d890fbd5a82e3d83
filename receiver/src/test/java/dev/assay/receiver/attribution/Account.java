package dev.assay.receiver.attribution;

import dev.assay.store.fact.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Verdicts of a change, added up by text and held against a {@link History}. Of each text the books
 * tell the least and the most lines that may be claimed. The two differ where the rules leave it
 * open; each such place says why.
 */
final class Account {
  private static final class Text {
    final String text;
    int all;
    int claimed;
    int claudes;
    int promised;
    boolean weak;

    Text(String text) {
      this.text = text;
    }
  }

  private final History history;
  private final Map<String, Text> texts = new HashMap<>();
  final List<String> disagreements = new ArrayList<>();
  int judged;
  int claudes;

  /** Lines of whose text the books leave open whether they are claimed. */
  int open;

  /** Of those, how many more or fewer are claimed than Claude wrote. */
  int differ;

  Account(History history, Squash squash, Collection<Verdict> verdicts) {
    this.history = history;
    Promises promises = new Promises(history, squash);
    for (Verdict verdict : verdicts) {
      WorkingFile file = squash.file(verdict.path());
      Row row = file.rows.get(verdict.line() - 1);
      Text text = texts.computeIfAbsent(Words.family(row.text()), k -> new Text(k));
      text.all++;
      text.claimed += verdict.assisted() ? 1 : 0;
      text.claudes += row.claudes() ? 1 : 0;
      text.promised += promises.attributed(file, verdict.line() - 1) ? 1 : 0;
      text.weak |= promises.weak(file, row.text());
    }
    texts.values().forEach(this::settle);
  }

  private void settle(Text text) {
    int least = least(text);
    int most = most(text);
    judged += text.all;
    claudes += text.claudes;
    open += least == most ? 0 : most - least;
    differ += Math.abs(text.claimed - text.claudes);
    if (text.claimed < least || text.claimed > most) {
      disagreements.add(
          "%d of %d claimed, not %d to %d: %s"
              .formatted(text.claimed, text.all, least, most, text.text));
    }
  }

  private int least(Text text) {
    Books books = history.books;
    boolean takenBack = books.copiesRemoved(text.text) || books.removedByOthers(text.text);
    if (takenBack || (text.weak && books.budget(text.text) < books.written(text.text))) {
      return 0; // B2: which of the equal lines the removal meant depends on places
    }
    if (books.isCopied(text.text)) {
      // once merged, an edit may vouch for a copy as well, but where it stood is the base's
      boolean promised = history.merges() == 0 && text.promised > 0;
      return promised ? Math.min(text.all, books.budget(text.text)) : 0;
    }
    return text.promised;
  }

  private int most(Text text) {
    Books books = history.books;
    if (books.isCopied(text.text)) {
      // B2 knows no other file nor session; where what replaced the line stands at its place, or
      // the rest of its row, a copy passes for the line itself, kept or brought back: B3
      return Math.min(text.all, books.written(text.text));
    }
    if (text.weak) {
      // equal lines can stand for each other: people's, where one of Claude's went away
      long mine = Promises.standing(history.files, text.text) + books.gone(text.text);
      return (int) Math.min(text.all, mine);
    }
    return text.claudes;
  }
}
