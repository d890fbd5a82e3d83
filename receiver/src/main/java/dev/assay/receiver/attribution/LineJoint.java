package dev.assay.receiver.attribution;

import java.util.List;

/**
 * How lines are joined to one text before they are compared. The less the texts must agree, the
 * more must speak for them otherwise. docs/attribution.md, rule S4.
 */
enum LineJoint {
  /** Only white space differs, and on one side it is one line. */
  SPACE(" "),
  /** Formatters also add and drop this punctuation where they break lines. */
  CODE(" ,;()\\"),
  /** Running comment: each line begins with a mark that is no part of the text. */
  COMMENT(" ") {
    @Override
    String continued(String line) {
      int at = 0;
      while (at < line.length() && MARKS.indexOf(line.charAt(at)) >= 0) {
        at++;
      }
      return at < line.length() && at > 0 && line.charAt(at) == ' ' ? line.substring(at + 1) : line;
    }
  };

  private static final String MARKS = "/*#-;%!";

  /** A bit for each of the 64 characters from the space on that is left out. */
  private final long looseBits;

  LineJoint(String loose) {
    this.looseBits = loose.chars().mapToLong(c -> 1L << (c - ' ')).reduce(0, (a, b) -> a | b);
  }

  /** Whether lines so joined count only beside an attributed line of the same draft. */
  boolean needsNeighbour() {
    return this != SPACE;
  }

  /** Whether several lines may become several others. */
  boolean manyToMany() {
    return this != SPACE;
  }

  /** A line as it continues a text: without the mark that each line repeats. */
  String continued(String line) {
    return line;
  }

  /** A normalised line without what formatters change. */
  String squeezed(String line) {
    return squeezed(line, line.length());
  }

  /** The first characters of it. */
  String squeezed(String line, int atMost) {
    String text = continued(line);
    char[] out = new char[Math.min(atMost, text.length())];
    int size = 0;
    for (int i = 0; size < out.length && i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= ' ' + 64 || (looseBits >>> (c - ' ') & 1) == 0) {
        out[size++] = c;
      }
    }
    return new String(out, 0, size);
  }

  /** Lines as one text, without white space. */
  String joined(List<String> lines) {
    StringBuilder out = new StringBuilder();
    lines.forEach(line -> out.append(continued(line).replace(" ", "")));
    return out.toString();
  }
}
