package dev.assay.bench.accuracy.corpus;

import dev.assay.bench.accuracy.corpus.PullRequestStory.Merged;
import dev.assay.bench.accuracy.corpus.SourceCommits.Candidate;
import dev.assay.bench.accuracy.format.Formatters;
import dev.assay.bench.accuracy.git.Git;
import dev.assay.bench.accuracy.text.Hands;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Turns a git history into a corpus; the same source, seed and folder give the same one. */
public final class CorpusGenerator {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final JsonMapper ROWS = JsonMapper.shared();
  private static final List<String> DEVELOPERS = List.of("alice", "bob", "carol");
  private static final String OWNER = "acme";
  private static final String NAME = "widgets";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration BETWEEN_MERGES = Duration.ofHours(36);

  private final Path source;
  private final Formatters formatters;

  public CorpusGenerator(Path source, Formatters formatters) {
    this.source = source;
    this.formatters = formatters;
  }

  /**
   * Writes origin.git, checkouts, homes, pulls.json and truth.jsonl.
   *
   * @param out must not exist yet
   */
  public List<Truth> generate(Path out, int pulls, long seed) throws IOException {
    Path corpus = out.toAbsolutePath().normalize();
    if (Files.exists(corpus)) {
      throw new IOException(corpus + " exists already");
    }
    Files.createDirectories(corpus);
    Random random = new Random(seed);
    SourceCommits commits = new SourceCommits(Git.in(source));
    checkouts(corpus);
    Path work = corpus.resolve("work");
    WorkTree tree = new WorkTree(work);
    tree.put("README.txt", "Widgets\n", false);
    List<Candidate> candidates = commits.pick(pulls, random);
    startFrom(tree, candidates);
    tree.commit("alice", START.minus(Duration.ofDays(60)), "Start");
    Archive archive = new Archive();
    List<Merged> merged = new ArrayList<>();
    List<Hands> hands = new ArrayList<>();
    for (Candidate candidate : candidates) {
      List<SourceFile> files = commits.files(candidate);
      if (files.isEmpty()) {
        continue;
      }
      int number = merged.size() + 1;
      Instant when =
          START.plus(BETWEEN_MERGES.multipliedBy(number)).plusSeconds(random.nextInt(3600));
      String developer = DEVELOPERS.get(random.nextInt(DEVELOPERS.size()));
      Workplace at = new Workplace(corpus, developer, NAME, archive, new Times(when), random);
      merged.add(
          new PullRequestStory(tree, at, formatters, number)
              .play(files, developer, OWNER + "/" + NAME));
      hands.add(at.hands);
    }
    List<Truth> truth = new ArrayList<>();
    TruthBook book = new TruthBook(tree.git, archive);
    for (int i = 0; i < merged.size(); i++) {
      book.note(merged.get(i), hands.get(i));
    }
    for (int i = 0; i < merged.size(); i++) {
      truth.addAll(book.rows(merged.get(i), hands.get(i)));
    }
    publish(corpus, work);
    JSON.writeValue(corpus.resolve("pulls.json"), merged.stream().map(Merged::pull).toList());
    try (BufferedWriter rows = Files.newBufferedWriter(corpus.resolve("truth.jsonl"))) {
      for (Truth row : truth) {
        rows.write(ROWS.writeValueAsString(row));
        rows.write('\n');
      }
    }
    return truth;
  }

  /** The base tree holds what the history held before its first pull request. */
  private void startFrom(WorkTree tree, List<Candidate> candidates) {
    if (!candidates.isEmpty()) {
      tree.git.run("fetch", "-q", source.toAbsolutePath().toString(), "+HEAD:refs/source/head");
      String parents =
          tree.git.run("rev-list", "--parents", "-n", "1", candidates.get(0).commit()).strip();
      String[] parts = parents.split(" ", -1);
      if (parts.length > 1) {
        tree.git.run("checkout", "-q", parts[1], "--", ".");
      }
    }
  }

  private static void checkouts(Path corpus) throws IOException {
    for (String developer : DEVELOPERS) {
      for (String name : List.of(NAME, "other")) {
        Path folder = corpus.resolve("checkouts").resolve(developer).resolve(name);
        Files.createDirectories(folder);
        Git git = Git.init(folder);
        git.run("remote", "add", "origin", "https://github.com/" + OWNER + "/" + name + ".git");
        git.run("config", "user.email", developer + "@example.com");
      }
    }
  }

  private static void publish(Path corpus, Path work) throws IOException {
    Path origin = corpus.resolve("origin.git");
    Git.in(work).run("clone", "-q", "--bare", "--no-local", work.toString(), origin.toString());
    Git.in(origin)
        .run("remote", "set-url", "origin", "https://github.com/" + OWNER + "/" + NAME + ".git");
    try (Stream<Path> all = Files.walk(work)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
