package dev.assay.bench.accuracy.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Text as a model writes it before the project's formatter runs: lines joined or broken at other
 * places, other indentation. Breaks only where no language of ours minds: within brackets, at an
 * operator, between words of prose.
 */
public final class Loosener {
  private static final Pattern PROSE = Pattern.compile("[A-Za-z(*`\"].*[A-Za-z,.;)]");
  private static final Pattern DOC = Pattern.compile("\\s*\\* [A-Za-z(][^<>@{}]*[A-Za-z,;.)]");
  private static final Pattern OPEN_END = Pattern.compile(".*([,(]|&&|\\|\\||[^=!<>]=| \\+| \\?)");
  private static final Pattern CONTINUES = Pattern.compile("\\s*([.)]|&&|\\|\\||\\+ |\\? |: ).*");
  private static final int LONGEST = 260;

  private Loosener() {}

  /** The same text with other line breaks; the same lines where nothing can be moved. */
  public static List<String> loosen(String path, List<String> lines, Random random) {
    if (lines.stream()
        .anyMatch(
            l ->
                l.contains("\"\"\"")
                    || l.contains("'''")
                    || (l.contains("`") && !path.endsWith(".md")))) {
      return lines;
    }
    List<String> joined = new ArrayList<>();
    for (String line : lines) {
      String last = joined.isEmpty() ? "" : joined.get(joined.size() - 1);
      if (!joined.isEmpty() && joins(path, last, line) && random.nextInt(10) < 8) {
        joined.set(joined.size() - 1, join(last, line));
      } else {
        joined.add(line);
      }
    }
    List<String> out = new ArrayList<>();
    for (String line : joined) {
      out.addAll(random.nextInt(10) < 3 ? broken(path, line) : List.of(line));
    }
    return path.endsWith(".py") || path.endsWith(".md") ? out : reindented(out, random);
  }

  private static boolean joins(String path, String last, String line) {
    if (last.length() + line.length() > LONGEST || last.isBlank() || line.isBlank()) {
      return false;
    }
    if (path.endsWith(".md")) {
      return PROSE.matcher(last).matches() && PROSE.matcher(line).matches();
    }
    if (DOC.matcher(last).matches()) {
      return path.endsWith(".java") && DOC.matcher(line).matches() && !last.endsWith(".");
    }
    if (comment(last) || comment(line)) {
      return false;
    }
    if (path.endsWith(".py")) {
      return open(last) > 0;
    }
    return OPEN_END.matcher(last).matches() || CONTINUES.matcher(line).matches();
  }

  private static String join(String last, String line) {
    String rest = line.strip();
    if (DOC.matcher(last).matches()) {
      return last + rest.substring(1);
    }
    return last.endsWith("(") || rest.startsWith(".") || rest.startsWith(")")
        ? last + rest
        : last + " " + rest;
  }

  /** Breaks one line in two after a comma or an opening bracket that stands in no string. */
  private static List<String> broken(String path, String line) {
    if (comment(line) || path.endsWith(".md") || line.contains("/") || line.strip().length() < 30) {
      return List.of(line);
    }
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < line.length() - 4; i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        i += c == '\\' ? 1 : 0;
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      }
      if (quote == 0 && depth > 0 && i > line.length() / 3 && (c == ',' || c == '(')) {
        String pad = line.substring(0, line.length() - line.stripLeading().length());
        return List.of(line.substring(0, i + 1), pad + "        " + line.substring(i + 1).strip());
      }
    }
    return List.of(line);
  }

  private static List<String> reindented(List<String> lines, Random random) {
    String pad = random.nextBoolean() ? "" : "    ";
    return lines.stream().map(l -> l.isBlank() || comment(l) ? l : pad + l).toList();
  }

  private static int open(String line) {
    int depth = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
    }
    return depth;
  }

  private static boolean comment(String line) {
    String text = line.strip();
    return text.startsWith("*")
        || text.startsWith("#")
        || text.startsWith("/*")
        || text.contains("//")
        || text.endsWith("*/")
        || text.contains(" # ");
  }
}
