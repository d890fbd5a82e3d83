package dev.assay.bench.accuracy.score;

import java.util.Locale;
import java.util.Map;

/** Scores as text, Markdown or JSON. */
public final class ScoreTable {
  private ScoreTable() {}

  /** For a terminal: the kinds, then the sums. */
  public static String text(Scores scores) {
    StringBuilder out = new StringBuilder();
    for (KindScore kind : scores.kinds()) {
      String what = kind.truth().equals("claude") ? "recall" : "false alarms";
      out.append(
          format(
              "%-7s %-32s %6d lines  %-12s %.4f%n",
              kind.truth(), kind.kind(), kind.lines(), what, kind.share()));
    }
    return out
        + format(
            "precision %.4f  recall %.4f  F1 %.4f  false alarms %d of %d%n",
            scores.precision(), scores.recall(), scores.f1(), scores.falseAlarms(), scores.human())
        + format(
            "excluded lines assisted %d  pull requests %d: %d missed, %d tagged wrongly  unjudged %.1f%%%n",
            scores.excludedAssisted(),
            scores.pulls(),
            scores.pullsMissed(),
            scores.pullsFalselyTagged(),
            scores.unjudgedShare() * 100);
  }

  /**
   * One row for each named corpus.
   *
   * @param text by name of the corpus, judged in content mode {@code text}
   * @param signature by the same names, in content mode {@code signature}
   */
  public static String markdown(Map<String, Scores> text, Map<String, Scores> signature) {
    StringBuilder out =
        new StringBuilder(
            """
            | Corpus | Claude's lines | Precision | Recall | False alarms | Pull requests wrong | Signature: precision | Recall | Pull requests wrong | Unjudged |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            """);
    text.forEach(
        (name, s) -> {
          Scores signed = signature.getOrDefault(name, s);
          out.append(
              format(
                  "| %s | %d | %.4f | %.4f | %d of %d | %d of %d | %.4f | %.4f | %d | %.1f%% |%n",
                  name,
                  s.truePositives() + s.missed(),
                  s.precision(),
                  s.recall(),
                  s.falseAlarms(),
                  s.human(),
                  s.pullsMissed() + s.pullsFalselyTagged(),
                  s.pulls(),
                  signed.precision(),
                  signed.recall(),
                  signed.pullsMissed() + signed.pullsFalselyTagged(),
                  s.unjudgedShare() * 100));
        });
    return out.toString();
  }

  /** The kinds as a table of their own. */
  public static String kindsMarkdown(Scores scores) {
    StringBuilder out =
        new StringBuilder(
            "| Whose | Kind | Lines | Called Claude's | |\n| --- | --- | ---: | ---: | ---: |\n");
    for (KindScore kind : scores.kinds()) {
      String whose = kind.truth().equals("claude") ? "Claude's" : "people's";
      out.append(
          format(
              "| %s | %s | %d | %d | %.2f%% |%n",
              whose, kind.kind(), kind.lines(), kind.claimed(), kind.share() * 100));
    }
    return out.toString();
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
