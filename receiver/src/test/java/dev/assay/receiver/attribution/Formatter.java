package dev.assay.receiver.attribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a formatter does in a {@link History}: lines keep their text, and their writer. */
final class Formatter {
  private final Random random;
  private final Books books;

  Formatter(Random random, Books books) {
    this.random = random;
    this.books = books;
  }

  /** Makes two lines of one. */
  String split(WorkingFile file) {
    int at = file.rows.isEmpty() ? -1 : random.nextInt(file.rows.size());
    if (at < 0 || !mayChange(file, at)) {
      return "";
    }
    Row row = file.rows.get(at);
    int space = row.text().indexOf(' ', row.text().length() / 2);
    if (space < 0 || row.text().startsWith(" *")) {
      return "";
    }
    file.rows.set(at, row.as(Row.State.SPLIT, row.text().substring(0, space), true));
    file.rows.add(
        at + 1, row.as(Row.State.SPLIT, "        " + row.text().substring(space + 1), false));
    file.changedBy(null, 0);
    return "formatter splits " + row;
  }

  /** Makes one line of two that one edit wrote in a row. */
  String join(WorkingFile file) {
    int at = file.rows.size() < 2 ? -1 : random.nextInt(file.rows.size() - 1);
    if (at < 0 || !mayChange(file, at) || !mayChange(file, at + 1)) {
      return "";
    }
    Row row = file.rows.get(at);
    Row next = file.rows.get(at + 1);
    Row.Origin origin = row.origin();
    boolean comment = row.text().startsWith(" *") || next.text().startsWith(" *");
    if (comment || origin == null || !origin.above(next.origin()) || row.moved() != next.moved()) {
      return "";
    }
    String text = row.text() + " " + next.text().strip();
    file.rows.set(at, row.as(Row.State.JOINED, text, false));
    file.rows.remove(at + 1);
    file.changedBy(null, 0);
    return "formatter joins " + row + " and " + next;
  }

  /** Breaks the lines of a comment elsewhere. */
  String rewrap(WorkingFile file) {
    int at = file.rows.isEmpty() ? -1 : random.nextInt(file.rows.size());
    int end = at;
    while (at >= 0 && end < file.rows.size() && inComment(file, at, end)) {
      end++;
    }
    if (at < 0 || end - at < 2) {
      return "";
    }
    List<Row> block = file.rows.subList(at, end);
    Row first = block.get(0);
    List<String> words = new ArrayList<>();
    block.forEach(row -> words.addAll(List.of(row.text().substring(3).split(" ", -1))));
    int perLine = 4 + random.nextInt(7);
    List<Row> now = new ArrayList<>();
    for (int from = 0; from < words.size(); from += perLine) {
      int to = Math.min(words.size(), from + perLine);
      String text = " * " + String.join(" ", words.subList(from, to));
      now.add(first.as(Row.State.REWRAPPED, text, to < words.size()));
    }
    String said = "formatter rewraps " + block + " to " + now;
    block.clear();
    file.rows.addAll(at, now);
    file.changedBy(null, 0);
    return said;
  }

  private boolean inComment(WorkingFile file, int first, int at) {
    Row row = file.rows.get(at);
    Row.Origin origin = row.origin();
    return row.text().startsWith(" * ")
        && mayChange(file, at)
        && origin != null
        && row.moved() == file.rows.get(first).moved()
        && (at == first || above(file.rows.get(at - 1).origin(), origin));
  }

  private static boolean above(Row.@org.jspecify.annotations.Nullable Origin one, Row.Origin two) {
    return one != null && one.above(two);
  }

  private boolean mayChange(WorkingFile file, int at) {
    Row row = file.rows.get(at);
    return file.alone(at)
        && row.untouched()
        && row.writer() != Row.Writer.BASE
        && !Words.isWeak(row.text())
        && !books.isCopied(row.text())
        && (!row.claudes() || books.wroteOnce(row.text())); // else: which of the two was changed?
  }
}
