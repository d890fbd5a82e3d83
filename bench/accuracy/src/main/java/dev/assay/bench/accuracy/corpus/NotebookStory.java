package dev.assay.bench.accuracy.corpus;

import dev.assay.bench.accuracy.corpus.Workplace.Session;
import dev.assay.bench.accuracy.text.AuthoredLine;
import dev.assay.bench.accuracy.text.AuthoredText;
import dev.assay.bench.accuracy.text.Hands;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * A notebook of three cells, of which Claude rewrites one and a person another. Git then has it as
 * Jupyter saves it, a JSON string for each line of source, or as Claude Code leaves it, one string
 * for the whole cell.
 */
final class NotebookStory {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String JSON_KIND = "notebook";

  private final Workplace at;
  private final String path;

  NotebookStory(Workplace at, String path) {
    this.at = at;
    this.path = path;
  }

  /**
   * Plays it.
   *
   * @param claude source lines that Claude writes
   * @param person source lines that a person writes
   */
  StoredFile play(List<String> claude, List<String> person) {
    List<String> old = List.of("import json", "rows = json.load(open('rows.json'))");
    boolean saved = at.random.nextInt(4) > 0;
    List<AuthoredLine> before =
        notebook(
            List.of(cell(old, 0), cell(List.of("print(1)"), 0), cell(List.of("print(2)"), 0)),
            saved);
    int byClaude = 1;
    int byPerson = 2;
    List<AuthoredLine> middle =
        notebook(
            List.of(cell(old, 0), cell(claude, byClaude), cell(List.of("print(2)"), 0)), saved);
    List<AuthoredLine> after =
        notebook(List.of(cell(old, 0), cell(claude, byClaude), cell(person, byPerson)), saved);
    Session session = at.session();
    session
        .tools()
        .notebook(
            at.checkout.resolve(path),
            "cell-1",
            "print(1)",
            String.join("\n", claude),
            text(before),
            text(middle));
    claude.forEach(line -> at.archive.added(path, session.now(), line));
    return new StoredFile(
        path, path, text(before), text(middle), new AuthoredText(after, true), false, path);
  }

  /** The source of a cell, and whose it is: 0 the base's, 1 Claude's, 2 a person's. */
  private record Cell(List<String> source, int author) {}

  private static Cell cell(List<String> source, int author) {
    return new Cell(source, author);
  }

  private List<AuthoredLine> notebook(List<Cell> cells, boolean saved) {
    List<AuthoredLine> out = new ArrayList<>();
    scaffold(out, "{", " \"cells\": [");
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      scaffold(
          out,
          "  {",
          "   \"cell_type\": \"code\",",
          "   \"id\": \"cell-" + i + "\",",
          "   \"metadata\": {},");
      scaffold(out, "   \"execution_count\": null,", "   \"outputs\": [],");
      if (saved) {
        scaffold(out, "   \"source\": [");
        for (int j = 0; j < cell.source.size(); j++) {
          boolean last = j == cell.source.size() - 1;
          String line = JSON.writeValueAsString(cell.source.get(j) + (last ? "" : "\n"));
          out.add(written(cell.author, JSON_KIND, "    " + line + (last ? "" : ",")));
        }
        scaffold(out, "   ]");
      } else {
        String source = JSON.writeValueAsString(String.join("\n", cell.source));
        out.add(written(cell.author, JSON_KIND + "-one-line", "   \"source\": " + source));
      }
      scaffold(out, i == cells.size() - 1 ? "  }" : "  },");
    }
    scaffold(out, " ],", " \"metadata\": {},", " \"nbformat\": 4,", " \"nbformat_minor\": 5", "}");
    return out;
  }

  private AuthoredLine written(int author, String kind, String line) {
    return switch (author) {
      case 1 -> at.hands.claude(kind, line);
      case 2 -> at.hands.person("person-" + kind, line);
      default -> AuthoredLine.by(Hands.BASE, line);
    };
  }

  private static void scaffold(List<AuthoredLine> out, String... lines) {
    for (String line : lines) {
      out.add(AuthoredLine.by(Hands.FORMATTER, line));
    }
  }

  private static String text(List<AuthoredLine> lines) {
    return new AuthoredText(lines, true).text();
  }
}
