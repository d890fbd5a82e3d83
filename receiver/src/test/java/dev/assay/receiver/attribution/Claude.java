package dev.assay.receiver.attribution;

import dev.assay.store.fact.EditFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What Claude Code does in a {@link History}: edits of a few sessions, each with its patch. */
final class Claude {
  private static final int SESSIONS = 3;

  final List<EditFact> edits = new ArrayList<>();

  /** Lines that edits removed again, for people to type once more. */
  final List<Row> removed = new ArrayList<>();

  private final Random random;
  private final Words words;
  private final Books books;
  private Instant clock = Scene.MERGED.minusSeconds(86_400L * 10);

  Claude(Random random, Words words, Books books) {
    this.random = random;
    this.words = words;
    this.books = books;
  }

  Instant clock() {
    return clock;
  }

  /** Puts new lines in place of some; tells what it did. */
  String edits(WorkingFile file) {
    int from = file.place(random);
    int gone = random.nextInt(3) == 0 ? random.nextInt(4) : 0;
    return edit(file, from, file.end(from, gone), fresh(), false);
  }

  /** Puts some lines in a block of its own, with other indentation: they stay their writers'. */
  String indents(WorkingFile file) {
    int from = file.place(random);
    int end = file.end(from, 1 + random.nextInt(3));
    boolean weak = file.rows.subList(from, end).stream().anyMatch(r -> Words.isWeak(r.text()));
    return from == end || weak
        ? edits(file)
        : edit(file, from, end, List.of(words.sentence()), true);
  }

  private String edit(WorkingFile file, int from, int end, List<String> fresh, boolean keep) {
    String session = "session-" + random.nextInt(SESSIONS);
    int number = edits.size() + 1;
    List<Row> gone = file.rows.subList(from, end);
    List<Row> now = new ArrayList<>();
    List<String> patch = new ArrayList<>(List.of("@" + (from + 1)));
    gone.forEach(row -> patch.add("-" + row.text()));
    List<Row> kept = new ArrayList<>();
    for (String text : fresh) {
      Row row = Row.claude(text, new Row.Origin(session, file.path, number, now.size()));
      Row same = same(gone, text);
      if (same != null) { // it was there before, rule E1
        kept.add(same);
        now.add(same.as(same.state(), text, false).elsewhere());
      } else {
        now.add(row);
        books.wrote(row);
      }
    }
    for (Row row : gone) {
      if (keep) {
        now.add(row.as(row.state(), "    " + row.text(), row.glued()).elsewhere());
      } else if (!kept.contains(row)) {
        books.claudeRemoved(session, file.path, row);
        removed.add(row);
      }
    }
    now.forEach(row -> patch.add("+" + row.text()));
    gone.clear();
    file.rows.addAll(from, now);
    file.changedBy(session, number);
    clock = clock.plusSeconds(60);
    edits.add(
        Scene.fact(
            "toolu_" + number,
            session,
            clock,
            "Edit",
            file.path,
            Scene.editLines(patch.toArray(String[]::new))));
    return session + " edits " + file.path + " " + patch;
  }

  private static @Nullable Row same(List<Row> rows, String text) {
    return rows.stream()
        .filter(row -> row.key().equals(Row.key(text)))
        .max(Comparator.comparing(Row::claudes))
        .orElse(null);
  }

  private List<String> fresh() {
    List<String> fresh = new ArrayList<>();
    int lines = 1 + random.nextInt(6);
    boolean comment = random.nextInt(5) == 0;
    for (int i = 0; i < lines; i++) {
      int kind = random.nextInt(12);
      if (comment) {
        fresh.add(words.comment());
      } else if (kind == 0 && i > 0) {
        fresh.add(words.indent() + fresh.get(random.nextInt(i)).strip()); // twice in one edit
      } else {
        fresh.add(words.indent() + (kind < 3 ? words.weak() : words.sentence()));
      }
    }
    if (comment) {
      fresh.add(words.sentence());
    }
    return fresh;
  }
}
