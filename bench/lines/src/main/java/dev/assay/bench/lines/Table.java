package dev.assay.bench.lines;

import dev.assay.bench.lines.Measure.Contender;
import dev.assay.bench.lines.Run.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words what was measured, as Markdown: medians of the rounds. */
final class Table {
  private final List<Measured> all;
  private final List<String> lines = new ArrayList<>();

  private Table(List<Measured> all) {
    this.all = all;
  }

  static List<String> of(List<Measured> all, long count) {
    Table table = new Table(all);
    table.say("### %,d lines", count);
    table.say("");
    table.say(
        "| | threads | put/s | hit/s | miss/s | bytes a line | anonymous memory, MiB | mapped,"
            + " MiB | rounds |");
    table.say("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (Contender contender : Contender.values()) {
      for (int threads : all.stream().mapToInt(Measured::threads).distinct().sorted().toArray()) {
        table.row(contender, threads);
      }
    }
    table.say("");
    table.goal("put, of RocksDB's (goal: at least 2)", "put", Contender.ROCKSDB);
    table.goal("hit, of RocksDB's (goal: at least 5)", "hit", Contender.ROCKSDB);
    table.goal("hit, of the plain table's (goal: at least 0.2)", "hit", Contender.TABLE);
    return table.lines;
  }

  private void row(Contender contender, int threads) {
    int rounds = values(contender, threads, "hit").size();
    if (rounds > 0) {
      say(
          "| %s | %d | %s | %s | %s | %.1f | %.0f | %.0f | %d |",
          name(contender),
          threads,
          rate(contender, threads, "put"),
          rate(contender, threads, "hit"),
          rate(contender, threads, "miss"),
          median(contender, threads, "settled bytes"),
          median(contender, threads, "anonymous MiB"),
          median(contender, threads, "mapped MiB"),
          rounds);
    }
  }

  private static String name(Contender contender) {
    return switch (contender) {
      case INDEX -> "line index, all of it (its bytes: with the edits' text)";
      case LINES -> "line index, its table";
      case ROCKSDB -> "RocksDB, tuned";
      case TABLE -> "plain mapped table";
    };
  }

  private void goal(String what, String phase, Contender rival) {
    for (Contender contender : List.of(Contender.LINES, Contender.INDEX)) {
      for (int threads = 1; threads <= 2; threads++) {
        double ratio = median(contender, threads, phase) / median(rival, threads, phase);
        if (Double.isFinite(ratio)) {
          say("- %s, threads %d: %s **%.2f**", name(contender), threads, what, ratio);
        }
      }
    }
  }

  private String rate(Contender contender, int threads, String what) {
    double median = median(contender, threads, what);
    return Double.isNaN(median) ? "" : String.format(Locale.ROOT, "%,.0f", median);
  }

  private double median(Contender contender, int threads, String what) {
    List<Double> values = values(contender, threads, what);
    return values.isEmpty() ? Double.NaN : values.get(values.size() / 2);
  }

  private List<Double> values(Contender contender, int threads, String what) {
    return all.stream()
        .filter(each -> each.contender() == contender && each.threads() == threads)
        .filter(each -> each.what().equals(what))
        .map(Measured::value)
        .sorted()
        .toList();
  }

  private void say(String format, Object... values) {
    lines.add(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
  }
}
