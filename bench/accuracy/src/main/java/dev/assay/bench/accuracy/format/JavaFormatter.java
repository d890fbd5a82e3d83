package dev.assay.bench.accuracy.format;

import com.google.googlejavaformat.java.FormatterException;
import java.util.Optional;

/** google-java-format, as a library. */
final class JavaFormatter implements Formatter {
  private final com.google.googlejavaformat.java.Formatter formatter =
      new com.google.googlejavaformat.java.Formatter();

  @Override
  public String name() {
    return "google-java-format";
  }

  @Override
  public boolean handles(String path) {
    return path.endsWith(".java") && !path.endsWith("module-info.java");
  }

  @Override
  public Optional<String> format(String path, String text) {
    try {
      return Optional.of(formatter.formatSource(text));
    } catch (FormatterException e) {
      return Optional.empty();
    }
  }
}
