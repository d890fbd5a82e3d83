package dev.assay.web.command;

import dev.assay.store.fact.Attribution;
import dev.assay.store.fact.Verdict;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What came of an attribution, as a table for people. */
final class Outcome {
  /** More rows help nobody; --out has everything. */
  static final int LIMIT_ROWS = 100;

  private static final int TITLE_CHARS = 40;

  private final Deque<Row> rows = new ArrayDeque<>();
  private long pullRequests;
  private long tagged;
  private long undecided;
  private long lines;
  private long assistedLines;
  private long commits;

  /** Adds one; the last ones are the rows of the table. */
  void add(Attribution attribution) {
    if (attribution.change().number() == null) {
      commits++;
      return;
    }
    pullRequests++;
    Row row = Row.of(attribution);
    if (rows.size() == LIMIT_ROWS) {
      rows.removeFirst();
    }
    rows.addLast(row);
    if (row.undecidedReason != null) {
      undecided++;
      return;
    }
    tagged += attribution.tagged() ? 1 : 0;
    lines += row.lines;
    assistedLines += row.assisted;
  }

  void print(PrintWriter out) {
    if (pullRequests > 0) {
      out.println("Pull request                                        Lines  With Claude Code");
      if (pullRequests > rows.size()) {
        out.println("... (" + (pullRequests - rows.size()) + " older ones)");
      }
      for (Row row : rows) {
        row.print(out);
      }
      out.println();
    }
    out.printf(
        Locale.ROOT,
        "%d pull requests, %d with Claude Code%s%s%n",
        pullRequests,
        tagged,
        share(tagged, pullRequests - undecided),
        undecided == 0 ? "" : "; " + undecided + " undecided");
    out.printf(
        Locale.ROOT,
        "%d lines, %d with Claude Code%s%n",
        lines,
        assistedLines,
        share(assistedLines, lines));
    if (commits > 0) {
      out.printf(
          Locale.ROOT,
          "%d commits without a pull request stand beside; rebase merges look like that (--pulls"
              + " names them)%n",
          commits);
    }
    out.flush();
  }

  private static String share(long part, long whole) {
    return whole == 0 ? "" : String.format(Locale.ROOT, " (%.1f%%)", 100.0 * part / whole);
  }

  private static final class Row {
    private final String name;
    private final long lines;
    private final long assisted;
    private final @Nullable String undecidedReason;

    private Row(String name, long lines, long assisted, @Nullable String undecidedReason) {
      this.name = name;
      this.lines = lines;
      this.assisted = assisted;
      this.undecidedReason = undecidedReason;
    }

    static Row of(Attribution attribution) {
      long lines = attribution.verdicts().stream().filter(Verdict::effective).count();
      long assisted =
          attribution.verdicts().stream()
              .filter(verdict -> verdict.effective() && verdict.assisted())
              .count();
      String title = attribution.change().title().replaceAll("\\p{Cntrl}", " ");
      String shown =
          title.length() <= TITLE_CHARS ? title : title.substring(0, TITLE_CHARS - 1) + "…";
      return new Row(
          "#" + attribution.change().number() + " " + shown,
          lines,
          assisted,
          attribution.state() == Attribution.State.UNDECIDED
              ? String.valueOf(attribution.undecidedReason())
              : null);
    }

    void print(PrintWriter out) {
      if (undecidedReason != null) {
        out.printf(Locale.ROOT, "%-50s undecided: %s%n", name, undecidedReason);
      } else {
        out.printf(Locale.ROOT, "%-48s %8d %8d%s%n", name, lines, assisted, share(assisted, lines));
      }
    }
  }
}
