package dev.assay.bench.attribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words what was measured, as Markdown. */
final class Table {
  private final List<String> lines = new ArrayList<>();

  private Table() {}

  static List<String> of(List<Row> rows) {
    Table table = new Table();
    table.costs(rows);
    table.phases(rows);
    table.growth(rows);
    return table.lines;
  }

  private void costs(List<Row> rows) {
    say("### Beside git's own diff");
    say("");
    say(
        "| Indexed lines | Added lines | `git diff`, a process | git, warm | attribution p50 | p99"
            + " | of `git diff` | of warm git | judge alone, of `git diff` | with diff and commit |"
            + " of `git diff` | n |");
    say("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (Row row : rows) {
      say(
          "| %,d | %s | %.1f | %.1f | %.2f | %.2f | **%.2f** | %.2f | %.2f | %.1f | %.2f | %d |",
          row.indexed,
          row.kind,
          row.process.median(),
          row.warm.median(),
          row.attribution.median(),
          row.attribution.millis(99),
          row.attribution.median() / row.process.median(),
          row.attribution.median() / row.warm.median(),
          row.judge.median() / row.process.median(),
          row.all.median(),
          row.all.median() / row.process.median(),
          row.all.size());
    }
    say("");
  }

  private void phases(List<Row> rows) {
    say("### Where it goes (milliseconds, medians)");
    say("");
    say(
        "| Indexed lines | Added lines | read the diff | edits' version | base tree |"
            + " look up edits | choose | judge | commit the verdicts |");
    say("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (Row row : rows) {
      say(
          "| %,d | %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |",
          row.indexed,
          row.kind,
          row.read.median(),
          row.version.median(),
          row.base.median(),
          row.edits.median(),
          row.choose.median(),
          row.judge.median(),
          row.store.median());
    }
    say("");
  }

  /** How the cost grows with the index. */
  private void growth(List<Row> rows) {
    say("### Growth: attribution, against the smallest index");
    say("");
    say("| Indexed lines | Added lines | p50 | p99 | with diff and commit, p50 |");
    say("| ---: | ---: | ---: | ---: | ---: |");
    for (Row row : rows) {
      for (Row first : rows) {
        if (first.kind.equals(row.kind)) {
          if (first != row) {
            say(
                "| %,d | %s | **%.2f** | %.2f | %.2f |",
                row.indexed,
                row.kind,
                row.attribution.median() / first.attribution.median(),
                row.attribution.millis(99) / first.attribution.millis(99),
                row.all.median() / first.all.median());
          }
          break;
        }
      }
    }
  }

  private void say(String format, Object... values) {
    lines.add(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
  }
}
