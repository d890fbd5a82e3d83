package dev.assay.receiver.attribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What people do in a {@link History}. */
final class People {
  private final Random random;
  private final Words words;
  private final Books books;

  People(Random random, Words words, Books books) {
    this.random = random;
    this.words = words;
    this.books = books;
  }

  String insert(WorkingFile file) {
    int at = file.place(random);
    String text = random.nextInt(4) == 0 ? words.weak() : words.sentence();
    file.rows.add(at, Row.people(text));
    file.changedBy(null, 0);
    return "person inserts at " + at + " " + text;
  }

  String delete(WorkingFile file) {
    int at = file.rows.isEmpty() ? 0 : random.nextInt(file.rows.size());
    if (file.rows.isEmpty() || !file.alone(at)) {
      return "";
    }
    Row row = file.rows.remove(at);
    books.peopleRemoved(row);
    file.changedBy(null, 0);
    return "person deletes " + row;
  }

  String rewrite(WorkingFile file) {
    int at = changeable(file);
    if (at < 0) {
      return "";
    }
    Row row = file.rows.get(at);
    books.peopleRemoved(row);
    file.rows.set(at, Row.people(words.sentence()));
    return "person rewrites " + row;
  }

  /** Changes a few letters: the line remains its writer's. */
  String touch(WorkingFile file) {
    int at = changeable(file);
    if (at < 0 || Words.isWeak(file.rows.get(at).text())) {
      return "";
    }
    Row row = file.rows.get(at);
    if (row.claudes() && !books.wroteOnce(row.text())) {
      return ""; // once merged, it may stand in the base twice and prove nothing, rule C1
    }
    StringBuilder text = new StringBuilder(row.text());
    int letters = Math.max(1, row.text().strip().length() / 8);
    for (int i = 0; i < letters; i++) {
      int letter = random.nextInt(text.length());
      if (Character.isLetter(text.charAt(letter))) {
        text.setCharAt(letter, (char) ('a' + random.nextInt(26)));
      }
    }
    file.rows.set(at, row.as(Row.State.TOUCHED, text.toString(), false));
    return "person touches " + row + " to " + text;
  }

  /** Other white space, quotes and case: the same line. */
  String restyle(WorkingFile file) {
    int at = changeable(file);
    if (at < 0) {
      return "";
    }
    Row row = file.rows.get(at);
    String text = "\t" + row.text().strip().replace('"', '\'').toUpperCase(Locale.ROOT);
    file.rows.set(at, row.as(Row.State.RESTYLED, text, false));
    return "person restyles " + row;
  }

  /** Copies a line of Claude's, or types one again that Claude removed. */
  String copy(WorkingFile file, List<Row> removed) {
    List<Row> lines = new ArrayList<>(file.rows);
    lines.addAll(removed);
    lines.removeIf(
        row ->
            !row.claudes()
                || !row.untouched()
                || Words.isWeak(row.text())
                || !books.wroteOnce(row.text()));
    if (lines.isEmpty()) {
      return "";
    }
    String text = lines.get(random.nextInt(lines.size())).text();
    int at = file.place(random);
    if (file.claudes(at - 1) || file.claudes(at)) {
      return ""; // else it may look like an undone removal, rule B3
    }
    books.copied(text);
    file.rows.add(at, Row.people(text));
    file.changedBy(null, 0);
    return "person copies " + text;
  }

  /** Moves a block within a file, or to another one. */
  String move(WorkingFile file, WorkingFile other) {
    int from = file.place(random);
    int end = file.end(from, 1 + random.nextInt(6));
    if (from == end) {
      return "";
    }
    List<Row> block = new ArrayList<>(file.rows.subList(from, end));
    file.rows.subList(from, end).clear();
    block.replaceAll(Row::elsewhere);
    int to = other.place(random);
    other.rows.addAll(to, block);
    file.changedBy(null, 0);
    other.changedBy(null, 0);
    return "person moves " + block + " to " + other.path + " at " + to;
  }

  String rename(WorkingFile file, String path) {
    String said = "person renames " + file.path + " to " + path;
    file.path = path;
    return said;
  }

  private int changeable(WorkingFile file) {
    int at = file.rows.isEmpty() ? -1 : random.nextInt(file.rows.size());
    boolean may =
        at >= 0
            && file.alone(at)
            && file.rows.get(at).untouched()
            && file.rows.get(at).writer() != Row.Writer.BASE
            && !books.isCopied(file.rows.get(at).text());
    return may ? at : -1;
  }
}
