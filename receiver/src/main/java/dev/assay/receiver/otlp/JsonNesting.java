package dev.assay.receiver.otlp;

/** How deeply a JSON text is nested, found without reading it: before a parser recurses on it. */
final class JsonNesting {
  private JsonNesting() {}

  /** The most brackets that are open at one time, outside strings. */
  static int depth(byte[] utf8) {
    int depth = 0;
    int deepest = 0;
    boolean inString = false;
    for (int i = 0; i < utf8.length; i++) {
      byte b = utf8[i];
      if (inString) {
        if (b == '\\') {
          i++;
        } else if (b == '"') {
          inString = false;
        }
      } else if (b == '"') {
        inString = true;
      } else if (b == '{' || b == '[') {
        deepest = Math.max(deepest, ++depth);
      } else if (b == '}' || b == ']') {
        depth--;
      }
    }
    return deepest;
  }
}
