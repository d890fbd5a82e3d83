package dev.assay.bench.accuracy.corpus;

import java.util.List;
import java.util.regex.Pattern;

/** Which files never count; written from the published rules, not from the engine's table. */
final class Exclusions {
  private static final Pattern PATHS =
      Pattern.compile(
          "(^|/)(dist|build|node_modules|target|vendor|fixtures?|testdata|mocks|__mocks__|__snapshots__|cassettes)/"
              + "|\\.(lock|lockfile|lockb|snap)$|-lock\\.(json|ya?ml)$|(^|/)(go\\.sum|npm-shrinkwrap\\.json)$"
              + "|\\.pb\\.[^./]+$|_pb2(_grpc)?\\.py$|\\.min\\.(js|css)$");
  private static final Pattern MARK =
      Pattern.compile(
          "@generated|code generated .* do not edit|automatically generated",
          Pattern.CASE_INSENSITIVE);
  private static final int HEAD_LINES = 10;

  private Exclusions() {}

  static boolean excludes(String path, List<String> lines) {
    return PATHS.matcher(path).find()
        || lines.stream().limit(HEAD_LINES).anyMatch(line -> MARK.matcher(line).find());
  }
}
