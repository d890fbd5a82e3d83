package dev.assay.bench.attribution;

import dev.assay.store.fact.Change;
import dev.assay.store.fact.EditObservation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A bare git repository: a program of some hundred files, and pull requests merged into it one
 * after the other. Its only input is the seed.
 */
final class MadeRepository {
  static final String NAME = "github.com/acme/shop";

  /** When the first pull request was merged; each next one comes ten minutes later. */
  static final Instant FIRST_MERGE = Instant.parse("2026-10-01T12:00:00Z");

  private static final int FILES = 400;
  private static final int LINES_OF_A_FILE = 150;

  private final Path directory;
  private final Code code;
  private final TreeMap<String, List<String>> tree = new TreeMap<>();
  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
  private final List<Plan> plans = new ArrayList<>();

  private record Plan(String kind, int added, Instant mergedAt, List<EditObservation> edits) {}

  MadeRepository(Path directory, long seed) {
    this.directory = directory;
    this.code = new Code(seed);
    Map<String, List<String>> files = new TreeMap<>();
    for (int i = 0; i < FILES; i++) {
      files.put(
          "src/main/java/shop/part" + i % 20 + "/File" + i + ".java",
          code.methods(LINES_OF_A_FILE));
    }
    commit("the program", FIRST_MERGE.minus(Duration.ofDays(100)), files);
  }

  Path directory() {
    return directory;
  }

  /** Pull requests of so many added lines. */
  void merge(int pulls, int lines) {
    for (int i = 0; i < pulls; i++) {
      Work work = begin();
      work.add(lines, tree);
      end(Integer.toString(lines), lines, work);
    }
  }

  /** A pull request with one new file that Claude wrote. */
  void merge(String kind, List<String> lines) {
    Work work = begin();
    work.write("src/main/java/shop/" + kind.replace(' ', '_') + ".txt", lines);
    end(kind, lines.size(), work);
  }

  private Instant next() {
    return FIRST_MERGE.plus(Duration.ofMinutes(10L * plans.size()));
  }

  private Work begin() {
    Instant start = next().minus(Duration.ofDays(1 + code.below(10)));
    return new Work(code, "p" + plans.size(), List.of(NAME), start);
  }

  private void end(String kind, int added, Work work) {
    commit("Pull request (#" + (plans.size() + 1) + ")", next(), work.files());
    plans.add(new Plan(kind, added, next(), work.edits()));
  }

  private void commit(String message, Instant when, Map<String, List<String>> files) {
    say("commit refs/heads/main\nmark :" + (plans.size() + 1));
    say("committer Ann <ann@example.com> " + when.getEpochSecond() + " +0000");
    data(message);
    files.forEach(
        (path, lines) -> {
          tree.put(path, lines);
          say("M 100644 inline " + path);
          data(String.join("\n", lines) + "\n");
        });
  }

  private void data(String text) {
    say("data " + text.getBytes(StandardCharsets.UTF_8).length);
    say(text);
  }

  private void say(String line) {
    try {
      stream.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  /** Makes it, packed as a clone is. */
  List<Pull> build() throws IOException {
    Programs.run(
        List.of("git", "init", "-q", "--bare", "-b", "main", directory.toString()), none());
    Programs.git(directory, "remote", "add", "origin", "https://" + NAME + ".git");
    Programs.git(directory, stream.toByteArray(), "fast-import", "--quiet");
    Programs.git(directory, "repack", "-adq");
    String[] log =
        Programs.git(directory, "log", "--reverse", "--format=%H %T", "main").split("\n", -1);
    List<Pull> pulls = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      Plan plan = plans.get(i);
      String[] base = log[i].split(" ", -1);
      String[] merge = log[i + 1].split(" ", -1);
      Change change =
          new Change(
              NAME,
              i + 1,
              "Pull request",
              "ann",
              "ann@example.com",
              plan.mergedAt,
              merge[0],
              base[0],
              null,
              null);
      pulls.add(new Pull(plan.kind, plan.added, change, base[1], merge[1], plan.edits));
    }
    return pulls;
  }

  private static byte[] none() {
    return new byte[0];
  }
}
