package dev.assay.bench.accuracy.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A library whose published versions serve as a history.
 *
 * @param name as the table shows it
 * @param coordinates {@code group:artifact} for Maven, or a package's name for pip
 * @param classifier {@code sources}, or empty for the artifact itself
 * @param versions oldest first
 * @param wanted which files of an archive belong to it; group 1 is the path in the repository
 */
record Library(
    String name, String coordinates, String classifier, List<String> versions, Pattern wanted) {
  private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";

  /** Java, TypeScript, SCSS and Python. */
  static final List<Library> ALL =
      List.of(
          new Library(
              "jsoup (Java)",
              "org.jsoup:jsoup",
              "sources",
              List.of("1.13.1", "1.14.3", "1.15.1", "1.15.3", "1.16.1", "1.17.1", "1.18.1"),
              Pattern.compile("(.*\\.java)")),
          new Library(
              "gson (Java)",
              "com.google.code.gson:gson",
              "sources",
              List.of("2.8.0", "2.8.5", "2.8.9", "2.9.1", "2.10.1", "2.11.0", "2.13.1"),
              Pattern.compile("(.*\\.java)")),
          new Library(
              "rxjs (TypeScript)",
              "org.webjars.npm:rxjs",
              "",
              List.of("6.6.7", "7.4.0", "7.5.5", "7.5.7"),
              Pattern.compile(
                  "META-INF/resources/webjars/rxjs/[^/]+/((?:src/internal/.*\\.ts)|[^/]*\\.md)")),
          new Library(
              "bootstrap (SCSS, JavaScript)",
              "org.webjars.npm:bootstrap",
              "",
              List.of("5.0.2", "5.1.3", "5.2.3", "5.3.3"),
              Pattern.compile(
                  "META-INF/resources/webjars/bootstrap/[^/]+/((?:scss|js/src)/.*\\.(?:scss|js)|[^/]*\\.md)")),
          new Library(
              "requests (Python)",
              "requests",
              "",
              List.of("2.18.4", "2.22.0", "2.25.1", "2.28.0", "2.31.0", "2.32.3"),
              Pattern.compile("(requests/.*\\.py)")),
          new Library(
              "click (Python)",
              "click",
              "",
              List.of("7.0", "7.1.2", "8.0.4", "8.1.3", "8.1.7"),
              Pattern.compile("(click/.*\\.py)")));

  /**
   * The history as a git repository below a folder, built at the first call.
   *
   * @throws IOException if fewer than two versions can be had; says what the tool said
   */
  Path history(Path cache) throws IOException {
    String slug = coordinates.replaceAll("[^A-Za-z0-9.]", "-");
    Path repository = cache.resolve("histories").resolve(slug);
    if (Files.exists(repository.resolve("built"))) {
      return repository;
    }
    Path archives = Files.createDirectories(cache.resolve("archives").resolve(slug));
    String said = "";
    for (String version : versions) {
      if (History.inOrder(archives, List.of(fileName(version))).isEmpty()) {
        said = fetch(version, archives);
      }
    }
    List<Path> had = History.inOrder(archives, versions.stream().map(this::fileName).toList());
    if (had.size() < 2) {
      throw new IOException(name + ": its versions are not to be had: " + said);
    }
    Folders.delete(repository);
    new History(repository, wanted).build(had);
    Files.writeString(repository.resolve("built"), "");
    return repository;
  }

  private boolean fromMaven() {
    return coordinates.contains(":");
  }

  private String fileName(String version) {
    return coordinates.substring(coordinates.indexOf(':') + 1) + "-" + version;
  }

  private String fetch(String version, Path into) throws IOException {
    String artifact =
        coordinates + ":" + version + ":jar" + (classifier.isEmpty() ? "" : ":" + classifier);
    List<String> command =
        fromMaven()
            ? List.of(
                "mvn", "-q", "-B", COPY, "-Dartifact=" + artifact, "-DoutputDirectory=" + into)
            : List.of(
                "python3",
                "-m",
                "pip",
                "download",
                "-q",
                "--no-deps",
                "--only-binary",
                ":all:",
                "-d",
                into.toString(),
                coordinates + "==" + version);
    try {
      Process process =
          new ProcessBuilder(command).directory(into.toFile()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? "" : said.substring(Math.max(0, said.length() - 200));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
