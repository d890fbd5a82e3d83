package dev.assay.receiver.attribution;

import dev.assay.store.fact.EditFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A random history of one file, with its own bookkeeping of who wrote each line: Claude Code in a
 * few sessions, people, and a formatter, in turns. It knows nothing of how attribution works; lines
 * are long random words, so that no two are alike by chance.
 */
final class History {
  /** Who wrote a line that stands in the file. */
  enum Writer {
    BASE,
    PERSON,
    CLAUDE
  }

  /**
   * A line of the file.
   *
   * @param touched whether somebody changed its text after it was written
   * @param split whether the formatter made two lines of it, and this is the first
   */
  record Row(String text, Writer writer, @Nullable String session, boolean touched, boolean split) {
    Row(String text, Writer writer, @Nullable String session, boolean touched) {
      this(text, writer, session, touched, false);
    }
  }

  private final Random random;
  final List<String> base = new ArrayList<>();
  final List<EditFact> edits = new ArrayList<>();
  final List<String> log = new ArrayList<>();
  private List<Row> rows = new ArrayList<>();

  /** Lines that Claude's edits removed, by their normalised text. */
  private final Map<String, Row> removedByClaude = new HashMap<>();

  /** Texts of which Claude removed somebody's copy: by rule B2 that may cost Claude's own line. */
  final Set<String> copiesRemoved = new HashSet<>();

  /**
   * Lines of one session that another removed: by rule B2 it depends on what else of the other's
   * work was merged, and BudgetRulesTest has the cases.
   */
  final Set<String> removedByOthers = new HashSet<>();

  /**
   * Texts that people copied, and how often Claude wrote them less how often it removed them: equal
   * lines can stand for each other, so that only their number counts.
   */
  final Map<String, Integer> copied = new HashMap<>();

  private Instant clock;

  History(long seed) {
    random = new Random(seed);
    clock = Scene.MERGED.minusSeconds(86_400L * 10);
    int lines = random.nextInt(30);
    for (int i = 0; i < lines; i++) {
      base.add(sentence());
      rows.add(new Row(base.get(i), Writer.BASE, null, false));
    }
  }

  List<Row> rows() {
    return rows;
  }

  void step() {
    switch (random.nextInt(11)) {
      case 0, 1, 2, 3 -> claudeEdits();
      case 4 -> personInserts();
      case 5 -> personDeletes();
      case 6 -> personTouches();
      case 7 -> personRewrites();
      case 8 -> formatterSplits();
      case 9 -> personRestyles();
      default -> personCopies();
    }
  }

  /** Replaces some lines by new ones, as an edit with its patch. */
  private void claudeEdits() {
    String session = "session-" + random.nextInt(3);
    int from = place();
    int gone = Math.min(rows.size() - from, random.nextInt(3) == 0 ? random.nextInt(4) : 0);
    if (gone > 0 && rows.get(from + gone - 1).split) {
      gone++;
    }
    List<String> patch = new ArrayList<>();
    patch.add("@" + (from + 1));
    List<Row> now = new ArrayList<>(rows.subList(0, from));
    for (Row row : rows.subList(from, from + gone)) {
      patch.add("-" + row.text);
      removedByClaude.put(key(row.text), row);
      if (row.session != null && !row.session.equals(session)) {
        removedByOthers.add(key(row.text));
      }
      if (row.writer == Writer.PERSON) {
        copiesRemoved.add(key(row.text));
      } else {
        copied.computeIfPresent(key(row.text), (k, n) -> n - 1);
      }
    }
    int fresh = 1 + random.nextInt(6);
    for (int i = 0; i < fresh; i++) {
      String text = indent() + sentence();
      patch.add("+" + text);
      now.add(new Row(text, Writer.CLAUDE, session, false));
    }
    now.addAll(rows.subList(from + gone, rows.size()));
    rows = now;
    clock = clock.plusSeconds(60);
    String id = "toolu_" + edits.size();
    edits.add(
        Scene.fact(
            id, session, clock, "Edit", Scene.FILE, Scene.editLines(patch.toArray(String[]::new))));
    log.add(session + " edits " + patch);
  }

  private void personInserts() {
    int at = place();
    rows.add(at, new Row(sentence(), Writer.PERSON, null, false));
    log.add("person inserts at " + at);
  }

  private void personDeletes() {
    int at = rows.isEmpty() ? 0 : random.nextInt(rows.size());
    if (!rows.isEmpty() && !rows.get(at).split && (at == 0 || !rows.get(at - 1).split)) {
      log.add("person deletes " + rows.remove(at));
    }
  }

  /** Where a line may be put: anywhere but between the two that the formatter made of one. */
  private int place() {
    int at = random.nextInt(rows.size() + 1);
    return at > 0 && rows.get(at - 1).split ? at + 1 : at;
  }

  /** Changes a few letters: the line remains its writer's. */
  private void personTouches() {
    change(
        row -> {
          StringBuilder text = new StringBuilder(row.text);
          int letters = Math.max(1, row.text.strip().length() / 8);
          for (int i = 0; i < letters; i++) {
            int at = random.nextInt(text.length());
            if (Character.isLetter(text.charAt(at))) {
              text.setCharAt(at, (char) ('a' + random.nextInt(26)));
            }
          }
          return List.of(new Row(text.toString(), row.writer, row.session, true));
        });
  }

  private void personRewrites() {
    change(row -> List.of(new Row(sentence(), Writer.PERSON, null, true)));
  }

  private void formatterSplits() {
    change(
        row -> {
          int at = row.text.indexOf(' ', row.text.length() / 2);
          return at < 0
              ? List.of(row)
              : List.of(
                  new Row(row.text.substring(0, at), row.writer, row.session, true, true),
                  new Row("        " + row.text.substring(at + 1), row.writer, row.session, true));
        });
  }

  /** Other white space, quotes and case: the same line. */
  private void personRestyles() {
    change(
        row ->
            List.of(
                new Row(
                    "\t" + row.text.strip().replace('"', '\'').toUpperCase(Locale.ROOT),
                    row.writer,
                    row.session,
                    true)));
  }

  /** Copies a line of Claude's, or types one again that Claude removed. */
  private void personCopies() {
    List<String> texts =
        new ArrayList<>(
            rows.stream()
                .filter(r -> r.writer == Writer.CLAUDE && !r.touched)
                .map(Row::text)
                .toList());
    removedByClaude.values().stream()
        .filter(row -> row.writer == Writer.CLAUDE && !row.touched)
        .map(Row::text)
        .sorted()
        .forEach(texts::add);
    if (!texts.isEmpty()) {
      String text = texts.get(random.nextInt(texts.size()));
      int standing =
          (int)
              rows.stream()
                  .filter(r -> r.writer == Writer.CLAUDE && key(r.text).equals(key(text)))
                  .count();
      copied.putIfAbsent(key(text), standing);
      int at = place();
      if (!claudes(at - 1) && !claudes(at)) { // else it may look like an undone removal, rule B3
        rows.add(at, new Row(text, Writer.PERSON, null, true));
      }
      log.add("person copies " + text);
    }
  }

  private boolean claudes(int at) {
    return at >= 0 && at < rows.size() && rows.get(at).writer == Writer.CLAUDE;
  }

  private interface Change {
    List<Row> of(Row row);
  }

  private void change(Change change) {
    if (rows.isEmpty()) {
      return;
    }
    int at = random.nextInt(rows.size());
    Row row = rows.get(at);
    if (!row.touched && row.writer != Writer.BASE && !copied.containsKey(key(row.text))) {
      rows.remove(at);
      rows.addAll(at, change.of(row));
      log.add("changed " + row + " into " + rows.subList(at, Math.min(rows.size(), at + 2)));
    }
  }

  static String key(String text) {
    return dev.assay.proto.line.NormalisedLine.of(text).text();
  }

  private String indent() {
    return " ".repeat(2 * random.nextInt(4));
  }

  private String sentence() {
    StringBuilder text = new StringBuilder();
    int words = 5 + random.nextInt(4);
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : " ").append(i == 2 ? "\"" : "");
      int letters = 5 + random.nextInt(6);
      for (int j = 0; j < letters; j++) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      text.append(i == 2 ? "\"" : "");
    }
    return text.append(';').toString();
  }
}
