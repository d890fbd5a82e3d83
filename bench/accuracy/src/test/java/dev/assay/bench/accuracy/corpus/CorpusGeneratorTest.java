package dev.assay.bench.accuracy.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.bench.accuracy.format.Formatters;
import dev.assay.bench.accuracy.git.Git;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CorpusGeneratorTest {
  private static final int PULLS = 12;

  @TempDir static Path folder;
  private static List<Truth> truth = List.of();
  private static Map<String, String> files = Map.of();

  @BeforeAll
  static void generate() throws IOException {
    source(folder.resolve("source"));
    truth = corpus(1);
    files = contents(folder.resolve("corpus"));
  }

  @Test
  void corpus_isTheSame_forTheSameSeedSourceAndFolder() throws IOException {
    assertThat(corpus(1)).isEqualTo(truth);
    assertThat(contents(folder.resolve("corpus"))).isEqualTo(files);
    assertThat(corpus(2)).isNotEqualTo(truth);
    corpus(1);
  }

  @Test
  void everyFifthPullRequest_isPeoplesAlone() {
    Map<Boolean, List<Truth>> byFifth =
        truth.stream()
            .filter(row -> row.truth().equals("claude"))
            .collect(Collectors.partitioningBy(row -> row.pr() % 5 == 0));
    assertThat(byFifth.get(true)).isEmpty();
    assertThat(byFifth.get(false)).hasSizeGreaterThan(50);
  }

  @Test
  void truth_hasExactlyTheLinesThatGitAdds() {
    Git origin = Git.in(folder.resolve("corpus/origin.git"));
    JsonNode pulls = JsonMapper.shared().readTree(files.get("pulls.json"));
    assertThat(pulls).hasSize(PULLS);
    for (JsonNode pull : pulls) {
      String head = pull.path("head").asString();
      String stat = origin.run("diff", "-M", "--numstat", pull.path("base").asString(), head);
      int added =
          stat.lines().mapToInt(row -> Integer.parseInt(row.substring(0, row.indexOf('\t')))).sum();
      assertThat(truth.stream().filter(row -> row.pr() == pull.path("number").asInt()))
          .hasSize(added);
      // The merge brings what the branch has, whatever the way.
      String merged = pull.path("merge_commit").asString();
      for (String path :
          origin
              .run("diff", "--name-only", "--diff-filter=AM", pull.path("base").asString(), head)
              .lines()
              .toList()) {
        assertThat(origin.run("show", merged + ":" + path))
            .isEqualTo(origin.run("show", head + ":" + path));
      }
    }
  }

  @Test
  void decoys_areOutsideTheWindow_orNoAcceptedEdit() {
    assertThat(truth).extracting(Truth::kind).contains("verbatim", "person", "google-java-format");
    assertThat(truth.stream().filter(row -> row.kind().startsWith("decoy-")).map(Truth::truth))
        .isNotEmpty()
        .doesNotContain("claude");
  }

  @Test
  void window_holdsBothItsEnds() {
    Times window = new Times(Instant.parse("2026-03-22T12:00:00Z"));
    assertThat(window.holds(Instant.parse("2026-03-01T12:00:00Z"))).isTrue();
    assertThat(window.holds(Instant.parse("2026-03-01T11:59:59.999Z"))).isFalse();
    assertThat(window.holds(Instant.parse("2026-03-24T12:00:00Z"))).isTrue();
    assertThat(window.holds(Instant.parse("2026-03-24T12:00:00.001Z"))).isFalse();
  }

  @Test
  void archive_forgetsWhatWasRemovedAgain() {
    Archive archive = new Archive();
    Times window = new Times(Instant.parse("2026-03-22T12:00:00Z"));
    Instant when = window.opens();
    archive.added("a", when, "kept line");
    archive.added("a", when, "removed line");
    archive.removed("a", when, "removed line");
    archive.added("b", when, "of another file");
    archive.added("a", window.closes().plusMillis(1), "too late");
    archive.addedInVain("a", when, "short();");
    assertThat(archive.standing(java.util.Set.of("a"), window)).containsExactly("kept line");
  }

  @Test
  void anExistingFolder_isRefused() {
    CorpusGenerator generator = new CorpusGenerator(folder.resolve("source"), Formatters.builtIn());
    assertThatThrownBy(() -> generator.generate(folder, 1, 1))
        .hasMessageContaining("exists already");
  }

  private static List<Truth> corpus(long seed) throws IOException {
    Path out = folder.resolve("corpus");
    if (Files.exists(out)) {
      try (Stream<Path> all = Files.walk(out)) {
        for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return new CorpusGenerator(folder.resolve("source"), Formatters.builtIn())
        .generate(out, PULLS, seed);
  }

  private static Map<String, String> contents(Path corpus) throws IOException {
    Map<String, String> out = new TreeMap<>();
    try (Stream<Path> all = Files.walk(corpus)) {
      for (Path file : all.filter(f -> f.toString().matches(".*\\.jsonl?")).toList()) {
        out.put(corpus.relativize(file).toString(), Files.readString(file, StandardCharsets.UTF_8));
      }
    }
    return out;
  }

  /** A history of Java classes that grow. */
  private static void source(Path at) throws IOException {
    Git git = Git.init(Files.createDirectories(at));
    Random random = new Random(11);
    for (int commit = 0; commit < PULLS + 3; commit++) {
      Path file = at.resolve("Part" + commit % 5 + ".java");
      List<String> body =
          Files.exists(file)
              ? Files.readAllLines(file)
              : List.of("class Part" + commit % 5 + " {", "}");
      StringBuilder text = new StringBuilder();
      body.subList(0, body.size() - 1).forEach(line -> text.append(line).append('\n'));
      for (int method = 0; method < 6; method++) {
        String name = "method" + commit + "x" + random.nextInt(100_000);
        text.append("  int ")
            .append(name)
            .append("(int first")
            .append(random.nextInt(999))
            .append(") {\n");
        text.append("    int sum")
            .append(name)
            .append(" = first * ")
            .append(random.nextInt(9_999))
            .append(";\n");
        text.append("    // adds ")
            .append(Long.toString(random.nextLong(), 36))
            .append(" to the sum\n");
        text.append("    return ").append(random.nextInt(99)).append(";\n  }\n\n");
      }
      Files.writeString(file, text + "}\n");
      git.run("add", "-A");
      git.runAs(
          "library",
          Instant.parse("2020-01-01T00:00:00Z").plusSeconds(commit),
          "commit",
          "-q",
          "-m",
          "Step " + commit);
    }
  }
}
