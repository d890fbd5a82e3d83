package dev.assay.receiver.attribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Files whose lines nobody wrote by hand: lock files, build output, vendored code, fixtures,
 * snapshots, generated code. docs/attribution.md, rules X1 to X3.
 */
public final class ExclusionTable {
  /** How many lines at the beginning of a file may carry a marker of generated code. */
  public static final int MARKER_LINES = 10;

  private static final List<String> FILES =
      List.of(
          "*.lock",
          "*.lockfile",
          "*.lockb",
          "*-lock.json",
          "*-lock.yaml",
          "*-lock.yml",
          "go.sum",
          "npm-shrinkwrap.json",
          "*.snap",
          "*.pb.*",
          "*_pb2.py",
          "*_pb2_grpc.py",
          "*.min.js",
          "*.min.css");
  private static final List<String> DIRECTORIES =
      List.of(
          "dist",
          "build",
          "node_modules",
          "target",
          "vendor",
          "fixture",
          "fixtures",
          "testdata",
          "mocks",
          "__mocks__",
          "__snapshots__",
          "cassettes");
  private static final List<String> MARKERS =
      List.of("@generated\\b", "code generated .*do not edit", "automatically generated");

  private final List<Pattern> files;
  private final Set<String> directories;
  private final List<Pattern> markers;

  /**
   * A table of its own.
   *
   * @param files names of files, where {@code *} stands for any characters
   * @param directories names of directories, at any depth
   * @param markers regular expressions, found anywhere in one of the first lines, in any case
   */
  public ExclusionTable(List<String> files, List<String> directories, List<String> markers) {
    this.files = files.stream().map(ExclusionTable::glob).toList();
    this.directories = Set.copyOf(directories);
    this.markers = markers.stream().map(m -> Pattern.compile(m, Pattern.CASE_INSENSITIVE)).toList();
  }

  /** The table of docs/attribution.md. */
  public static ExclusionTable standard() {
    return standardAnd(List.of(), List.of(), List.of());
  }

  /** The table of docs/attribution.md, extended. */
  public static ExclusionTable standardAnd(
      List<String> files, List<String> directories, List<String> markers) {
    return new ExclusionTable(
        joined(FILES, files), joined(DIRECTORIES, directories), joined(MARKERS, markers));
  }

  /**
   * Whether a file is left out.
   *
   * @param path relative to the root of the repository, with forward slashes
   * @param firstLines of the file after the change
   */
  public boolean excludes(String path, List<String> firstLines) {
    int from = 0;
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', from)) {
      if (directories.contains(path.substring(from, slash))) {
        return true;
      }
      from = slash + 1;
    }
    String name = path.substring(from);
    return files.stream().anyMatch(p -> p.matcher(name).matches()) || generated(firstLines);
  }

  private boolean generated(List<String> firstLines) {
    return firstLines.stream()
        .limit(MARKER_LINES)
        .anyMatch(line -> markers.stream().anyMatch(m -> m.matcher(line).find()));
  }

  private static Pattern glob(String glob) {
    StringBuilder regex = new StringBuilder();
    for (String part : glob.split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private static List<String> joined(List<String> a, List<String> b) {
    List<String> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }
}
