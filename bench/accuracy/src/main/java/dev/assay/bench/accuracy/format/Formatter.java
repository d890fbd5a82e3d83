package dev.assay.bench.accuracy.format;

import java.util.Optional;

/** A formatter that real projects run. */
public interface Formatter {
  /** Its name, as the kinds of lines show it. */
  String name();

  /** Whether it formats files with this path. */
  boolean handles(String path);

  /** The formatted text, or nothing where it cannot read the text. */
  Optional<String> format(String path, String text);
}
