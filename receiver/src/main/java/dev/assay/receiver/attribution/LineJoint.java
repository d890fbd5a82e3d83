package dev.assay.receiver.attribution;

import java.util.List;

/** How lines are joined to one text before they are compared: as code, or as running comment. */
enum LineJoint {
  CODE {
    @Override
    String continued(String line) {
      return line;
    }
  },
  /** Every line begins with the comment's mark; it is no part of the text. */
  COMMENT {
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

  /** What formatters add and drop when they split and join lines. */
  private static final String LOOSE = " ,;()\\";

  /** A line as it continues a text: without the mark that each line repeats. */
  abstract String continued(String line);

  /**
   * A normalised line without what formatters change.
   *
   * @param first whether the text begins with this line
   */
  String squeezed(String line, boolean first) {
    String text = first && this == CODE ? line : continued(line);
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (LOOSE.indexOf(text.charAt(i)) < 0) {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }

  /** Lines as one text, without white space. */
  String joined(List<String> lines) {
    StringBuilder out = new StringBuilder();
    lines.forEach(line -> out.append(continued(line).replace(" ", "")));
    return out.toString();
  }
}
