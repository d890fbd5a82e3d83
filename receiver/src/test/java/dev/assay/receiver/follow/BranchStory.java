package dev.assay.receiver.follow;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.assay.proto.v1.EditLines;
import dev.assay.proto.v1.Hunk;
import dev.assay.proto.v1.Line;
import dev.assay.receiver.forge.Workbench;
import dev.assay.store.fact.EditObservation;
import dev.assay.store.fact.Observation;
import dev.assay.store.fact.SessionClaim;
import dev.assay.store.fact.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A branch of several commits on which Claude Code and a person work by turns: new files, changed
 * lines, removed lines, renames, copies, deletions. The same seed always tells the same story.
 */
final class BranchStory {
  private static final String[] WORDS = {
    "ledger", "price", "count", "receipt", "article", "till", "clock", "order", "tax", "total"
  };

  private final long seed;
  private final Map<MergeKind, String> pulls = new TreeMap<>();
  private List<Observation> edits = new ArrayList<>();
  private Map<String, List<String>> tree = new TreeMap<>();
  private Random random = new Random();

  BranchStory(long seed) {
    this.seed = seed;
  }

  /** What Claude Code did on the branch. */
  List<Observation> edits() {
    return edits;
  }

  /** The list with the pull request number 1. */
  String pulls(MergeKind kind) {
    return pulls.getOrDefault(kind, "");
  }

  /** A repository in which the branch was merged. */
  Workbench tell(Path root, MergeKind kind) throws IOException {
    random = new Random(seed);
    edits = new ArrayList<>();
    tree = new TreeMap<>();
    Workbench bench = Workbench.create(root);
    bench.git("remote", "add", "origin", "https://github.com/acme/api");
    for (String path : List.of("src/a.py", "src/b.py", "lib/c.js")) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        lines.add(line());
      }
      tree.put(path, lines);
    }
    write(bench);
    bench.commit("Start");
    String base;
    if (kind == MergeKind.FAST_FORWARD) {
      base = meanwhile(bench);
      branch(bench);
    } else {
      base = bench.git("rev-parse", "main");
      branch(bench);
      meanwhile(bench);
    }
    String head = bench.git("rev-parse", "topic");
    kind.merge(bench.as("ann"));
    pulls.put(
        kind,
        "[{\"number\": 1, \"merge_commit\": \"%s\", \"base\": \"%s\", \"head\": \"%s\"}]"
            .formatted(bench.git("rev-parse", "main"), base, head));
    return bench;
  }

  private static String meanwhile(Workbench bench) throws IOException {
    bench.as("ann").write("other.md", "What others did meanwhile.\n").commit("Meanwhile");
    return bench.write("more.md", "And something more.\n").commit("More (#7)");
  }

  private void branch(Workbench bench) throws IOException {
    bench.git("checkout", "-q", "-b", "topic");
    Instant time = bench.now();
    for (int commit = 1; commit <= 4; commit++) {
      for (int step = 0; step < 4; step++) {
        time = time.plusSeconds(60);
        step(time);
      }
      write(bench);
      bench.as("bob").commit("Part " + commit);
    }
    bench.git("checkout", "-q", "main");
  }

  private void step(Instant time) {
    List<String> paths = new ArrayList<>(tree.keySet());
    String path = paths.get(random.nextInt(paths.size()));
    String other = "src/n" + random.nextInt(100) + ".py";
    switch (random.nextInt(8)) {
      case 0 -> tree.put(other, tree.remove(path));
      case 1 -> tree.put(other, new ArrayList<>(tree.getOrDefault(path, List.of())));
      case 2 -> change(path, null);
      case 3 -> change(other, time);
      default -> change(path, time);
    }
  }

  /** Lines change in a file; by Claude Code where there is a time. */
  private void change(String path, @Nullable Instant time) {
    List<String> before = tree.getOrDefault(path, List.of());
    List<String> after = new ArrayList<>(before);
    for (int i = random.nextInt(3); i > 0 && !after.isEmpty(); i--) {
      after.remove(random.nextInt(after.size()));
    }
    int at = random.nextInt(after.size() + 1);
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      after.add(at, line());
    }
    tree.put(path, after);
    if (time != null) {
      edits.add(edit(path, time, before, after));
    }
  }

  private Observation edit(String path, Instant time, List<String> before, List<String> after) {
    EditLines.Builder lines = EditLines.newBuilder();
    int added = 0;
    int removed = 0;
    for (AbstractDelta<String> delta : DiffUtils.diff(before, after).getDeltas()) {
      Hunk.Builder hunk = Hunk.newBuilder().setNewStart(delta.getTarget().getPosition() + 1);
      delta.getTarget().getLines().forEach(t -> hunk.addAdded(Line.newBuilder().setText(t)));
      delta.getSource().getLines().forEach(t -> hunk.addRemoved(Line.newBuilder().setText(t)));
      lines.addHunks(hunk);
      added += delta.getTarget().size();
      removed += delta.getSource().size();
    }
    return new EditObservation(
        Source.TRANSCRIPT,
        time,
        "toolu-" + edits.size(),
        new SessionClaim("s-" + random.nextInt(2), null),
        "Edit",
        List.of("github.com/acme/api"),
        null,
        path,
        added,
        removed,
        lines.build().toByteString(),
        0,
        1,
        false,
        false,
        null);
  }

  private String line() {
    if (random.nextInt(6) == 0) {
      return random.nextBoolean() ? "" : "return a";
    }
    StringBuilder line = new StringBuilder("    ");
    for (int i = 0; i < 4; i++) {
      line.append(WORDS[random.nextInt(WORDS.length)]).append(i % 2 == 0 ? "." : " + ");
    }
    return line.append(random.nextInt(1000)).toString();
  }

  private void write(Workbench bench) throws IOException {
    for (String old : bench.git("ls-files").lines().toList()) {
      if (!old.isEmpty() && !tree.containsKey(old) && !old.endsWith(".md")) {
        Files.delete(bench.root().resolve(old));
      }
    }
    for (Map.Entry<String, List<String>> file : tree.entrySet()) {
      bench.write(file.getKey(), String.join("\n", file.getValue()) + "\n");
    }
  }
}
