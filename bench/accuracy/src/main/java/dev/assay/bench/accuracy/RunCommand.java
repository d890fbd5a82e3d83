package dev.assay.bench.accuracy;

import dev.assay.bench.accuracy.score.Scores;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Placeholder to compile. */
@Command(name = "run")
final class RunCommand implements Callable<Integer> {
  static Path defaultFormatters() {
    return Path.of(System.getProperty("java.io.tmpdir"), "assay-accuracy-formatters");
  }

  static Map<String, Object> summary(Scores scores) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("f1", scores.f1());
    return out;
  }

  @Override
  public Integer call() {
    return 0;
  }
}
